namespace TryOn.Api.Tests.Admin;

[Collection(Shared.Name)]
public sealed class AdminEndpointTests(SharedGateway gateway)
{
    public static TheoryData<string, string> Routes => new()
    {
        { "GET", "accounts" }, { "POST", "accounts" }, { "GET", "accounts/x" }, { "POST", "accounts/x/credits" },
        { "GET", "accounts/x/statement" }, { "GET", "accounts/x/statement?after=abc" }, { "GET", "audit" },
        { "GET", "costs" }, { "GET", "costs?from=x" },
        { "POST", "accounts/x/adjustments" }, { "POST", "accounts/x/freeze" }, { "POST", "accounts/x/unfreeze" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Admin_WithoutTheToken_IsClosed(string method, string path)
    {
        foreach (var token in (
            string?[])[null, "", GatewayRun.AdminToken + "x", GatewayRun.AdminToken.ToUpperInvariant()])
        {
            var reply = await gateway.Run.Send(new HttpMethod(method), $"/admin/v1/{path}", token);
            Envelope.Check(reply, 401, "UnauthorizedAccess", "authentication");
        }
    }

    [Fact]
    public async Task Admin_WithAnAccountsKey_IsClosed()
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Get("/admin/v1/accounts"), 401, "UnauthorizedAccess", "authentication");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"name\":\"a\",\"credits\":1}")]
    [InlineData("{\"credits\":1,\"mode\":\"both\"}")]
    [InlineData("{\"credits\":1,\"mode\":\"0\"}")]
    [InlineData("{\"credits\":-1,\"mode\":\"test\"}")]
    [InlineData("{\"credits\":1.5,\"mode\":\"test\"}")]
    [InlineData("{\"credits\":\"1\",\"mode\":[]}")]
    [InlineData("{\"credits\":1,\"mode\":\"test\",\"limits\":{\"concurrency\":0}}")]
    [InlineData("{\"credits\":1,\"mode\":\"test\",\"limits\":{\"requests_per_minute\":-3}}")]
    public async Task Account_OpenedWithABadBody_IsRefused(string body)
    {
        var before = (await gateway.Run.Admin(HttpMethod.Get, "accounts")).Json.List("data").Count;
        var reply = await gateway.Run.Send(
            HttpMethod.Post, "/admin/v1/accounts", GatewayRun.AdminToken, Requests.Text(body));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
        Assert.Equal(before, (await gateway.Run.Admin(HttpMethod.Get, "accounts")).Json.List("data").Count);
    }

    [Fact]
    public async Task Account_Opened_HasWhatWasAskedFor()
    {
        var opened = await gateway.Run.Admin(
            HttpMethod.Post, "accounts",
            new { name = "shop", credits = 12, mode = "live", limits = new { concurrency = 2 } });
        var account = opened.Json;
        Assert.Equal(("shop", "live", 12), (account.Text("name"), account.Text("mode"), account.Number("available")));
        var limits = account.GetProperty("limits");
        Assert.Equal(2, limits.Number("concurrency"));
        Assert.Equal(
            (20, 300), (limits.Number("requests_per_minute"), limits.Number("status_requests_per_minute")));
        Assert.DoesNotContain(
            account.Text("key"), (await gateway.Run.Admin(HttpMethod.Get, "accounts")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"amount\":5}", "operation_id")]
    [InlineData("{\"amount\":5,\"operation_id\":\" \"}", "operation_id")]
    [InlineData("{\"operation_id\":\"a\"}", "amount")]
    [InlineData("{\"amount\":0,\"operation_id\":\"a\"}", "amount")]
    [InlineData("{\"amount\":-5,\"operation_id\":\"a\"}", "amount")]
    [InlineData("{\"amount\":9223372036854775807,\"operation_id\":\"a\"}", "amount")]
    [InlineData("{\"amount\":9223372036854775808,\"operation_id\":\"a\"}", null)]
    [InlineData("{\"amount\":\"5\",\"operation_id\":7}", null)]
    public async Task Grant_WithABadBody_ChangesNothing(string body, string? param)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => gateway.Run.Send(
            HttpMethod.Post, $"/admin/v1/accounts/{account.Id}/credits", GatewayRun.AdminToken, Requests.Text(body)));
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", param);
    }

    [Fact]
    public async Task Grant_SentTwice_GrantsOnce()
    {
        var account = await gateway.Run.Open(credits: 1);
        var (first, second) = (await Grant(account.Id, 5), await Grant(account.Id, 5));
        Assert.Equal((200, 6), (first.Status, first.Json.Number("available")));
        Assert.Equal((200, 6), (second.Status, second.Json.Number("available")));
        Assert.Equal("grant grant", await account.StatementKinds());
    }

    [Fact]
    public async Task Grant_SentTwiceWithAnotherAmount_IsAConflict()
    {
        var account = await gateway.Run.Open(credits: 1);
        await Grant(account.Id, 5);
        var reply = await account.AssertUnchanged(() => Grant(account.Id, 6));
        Envelope.Check(reply, 409, "Conflict", "precondition_failed", "operation_id");
    }

    [Fact]
    public async Task Account_ThatIsUnknown_IsNotFound()
    {
        Envelope.Check(await Grant("nobody", 5), 404, "NotFound", "not_found");
        Envelope.Check(await gateway.Run.Admin(HttpMethod.Get, "accounts/nobody"), 404, "NotFound", "not_found");
        Envelope.Check(
            await gateway.Run.Admin(HttpMethod.Get, "accounts/nobody/statement"), 404, "NotFound", "not_found");
    }

    [Fact]
    public async Task Statement_AskedForByPages_IsTheWhole()
    {
        var account = await gateway.Run.Open(credits: 1);
        await Grant(account.Id, 5);
        var page = (await gateway.Run.Admin(HttpMethod.Get, $"accounts/{account.Id}/statement?after=1&limit=1")).Json;
        Assert.Equal((2, 2), (page.Number("newest"), Assert.Single(page.List("entries")).Number("sequence")));
        var bad = await gateway.Run.Admin(HttpMethod.Get, $"accounts/{account.Id}/statement?after=abc");
        Envelope.Check(bad, 400, "BadRequest", "invalid_request");
    }

    [Fact]
    public async Task Audit_AfterAllSortsOfRequests_FindsNothing()
    {
        var account = await gateway.Run.Open();
        await account.TryOn(Requests.Good());
        await account.WaitUntilSettled();
        var report = (await gateway.Run.Admin(HttpMethod.Get, "audit")).Json;
        Assert.Empty(report.List("findings"));
        Assert.True(report.GetProperty("ok").GetBoolean());
    }

    private Task<Reply> Grant(string id, long amount) => gateway.Run.Admin(
        HttpMethod.Post, $"accounts/{id}/credits", new { amount, operation_id = "invoice 1", reason = "paid" });
}
