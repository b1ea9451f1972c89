namespace TryOn.Api.Tests.Admin;

[Collection(Shared.Name)]
public sealed class AdjustmentEndpointTests(SharedGateway gateway)
{
    [Fact]
    public async Task Adjustment_SentTwice_CountsOnceAndAddsUp()
    {
        var account = await gateway.Run.Open(credits: 5);
        var (first, second) = (await Adjust(account.Id, -3), await Adjust(account.Id, -3));

        Assert.Equal((200, 2), (first.Status, first.Json.Number("available")));
        Assert.Equal((200, 2), (second.Status, second.Json.Number("available")));
        Assert.Equal("grant adjust", await account.StatementKinds());
        Assert.Empty((await gateway.Run.Admin(HttpMethod.Get, "audit")).Json.List("findings"));
    }

    [Fact]
    public async Task Adjustment_BelowZero_IsRefused()
    {
        var account = await gateway.Run.Open(credits: 2);
        var reply = await account.AssertUnchanged(() => Adjust(account.Id, -3));
        Envelope.Check(reply, 402, "OutOfCredits", "payment_required", "amount");
    }

    [Fact]
    public async Task Adjustment_WithoutAnOperationId_IsRefused()
    {
        var account = await gateway.Run.Open(credits: 2);
        var reply = await gateway.Run.Admin(HttpMethod.Post, $"accounts/{account.Id}/adjustments", new { amount = 1 });
        Envelope.Check(reply, 400, "BadRequest", "invalid_request", "operation_id");
    }

    [Fact]
    public async Task Account_Frozen_CanBeReadAndTakesNoJob()
    {
        var account = await gateway.Run.Open();
        var frozen = await gateway.Run.Admin(
            HttpMethod.Post, $"accounts/{account.Id}/freeze", new { reason = "chargeback" });
        Assert.Equal("chargeback", frozen.Json.GetProperty("frozen").Text("reason"));

        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good()));
        Envelope.Check(reply, 403, "Forbidden", "permission_denied");
        Assert.Equal("account_frozen", reply.Json.GetProperty("error").GetProperty("metadata").Text("name"));
        Assert.Equal(200, (await account.Get("/api/v1/credits")).Status);

        Assert.Equal(200, (await gateway.Run.Admin(HttpMethod.Post, $"accounts/{account.Id}/unfreeze")).Status);
        Assert.Equal(200, (await account.TryOn(Requests.Good())).Status);
    }

    [Fact]
    public async Task Accounts_AskedForByPages_AreAllShownOnce()
    {
        await gateway.Run.Open();
        await gateway.Run.Open();
        var whole = (await gateway.Run.Admin(HttpMethod.Get, "accounts")).Json.List("data")
            .Select(item => item.Text("id"));

        var (paged, next) = (new List<string>(), "");
        do
        {
            var page = (await gateway.Run.Admin(HttpMethod.Get, $"accounts?limit=2{next}")).Json;
            paged.AddRange(page.List("data").Select(item => item.Text("id")));
            next = page.GetProperty("next").GetString() is { } id ? $"&after={id}" : null;
        }
        while (next is not null);

        Assert.Empty(whole.Except(paged));
        Assert.Equal(paged.Distinct(), paged);
    }

    private Task<Reply> Adjust(string id, long amount) => gateway.Run.Admin(
        HttpMethod.Post, $"accounts/{id}/adjustments",
        new { amount, operation_id = "correction 1", reason = "double top-up" });
}
