using TryOn.Api.Browsers;

namespace TryOn.Api.Tests.Browsers;

/// <summary>The CORS headers for pages of other origins.</summary>
[Collection(Shared.Name)]
public sealed class OriginTests(SharedGateway gateway)
{
    private const string Shop = "https://shop.example";

    [Fact]
    public async Task Events_AskedForByAnyPage_MayBeRead()
    {
        var (account, id) = await Job(gateway.Run);
        var token = (await account.Post($"/api/v1/tryon/{id}/token", content: null)).Json.Text("token");
        var reply = await Ask(gateway.Run, HttpMethod.Get, $"/api/v1/tryon/{id}/events?token={token}");
        Assert.Equal((200, "*"), (reply.Status, Allowed(reply)));
    }

    /// <summary>So that a page can tell an expired token from a network failure.</summary>
    [Fact]
    public async Task Refusal_OfAToken_MayBeRead()
    {
        var reply = await Ask(gateway.Run, HttpMethod.Get, "/api/v1/tryon/job_1/events?token=tryonjob_old");
        Assert.Equal((401, "*"), (reply.Status, Allowed(reply)));
    }

    [Fact]
    public async Task Result_AskedForByAnyPage_MayBeRead()
    {
        var (account, id) = await Job(gateway.Run);
        var url = (await account.WaitUntilEnded(id)).List("output")[0].Text("url");
        var reply = await Ask(gateway.Run, HttpMethod.Get, url);
        Assert.Equal((200, "*"), (reply.Status, Allowed(reply)));
    }

    /// <summary>As an <c>img</c> asks; the answer may come from the browser's cache when a script asks.</summary>
    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("HEAD", "", 200)]
    [InlineData("GET", "x", 404)]
    public async Task Result_AskedForWithoutAnOrigin_MayBeReadFromTheCache(string method, string wrong, int status)
    {
        var (account, id) = await Job(gateway.Run);
        var url = (await account.WaitUntilEnded(id)).List("output")[0].Text("url") + wrong;
        var reply = await gateway.Run.Send(new HttpMethod(method), url, bearer: null);
        Assert.Equal((status, "*", null), (reply.Status, Allowed(reply), reply.Header("Vary")));
    }

    /// <summary>What one origin is told must not be given to another one, nor to a page that asks later.</summary>
    [Theory]
    [InlineData(1, null, Shop)]
    [InlineData(1, Shop, Shop)]
    [InlineData(1, "https://other.example", null)]
    [InlineData(2, null, null)]
    [InlineData(2, Shop, Shop)]
    [InlineData(2, "https://second.example", "https://second.example")]
    [InlineData(2, "https://other.example", null)]
    public async Task Result_WithListedOrigins_VariesByTheOrigin(int listed, string? origin, string? allowed)
    {
        var settings = new Dictionary<string, string?> { ["TryOn:Browsers:Origins:0"] = Shop };
        if (listed > 1)
            settings["TryOn:Browsers:Origins:1"] = "https://second.example";
        await using var run = await GatewayRun.Start(settings);
        var (account, id) = await Job(run);
        var url = (await account.WaitUntilEnded(id)).List("output")[0].Text("url");
        var reply = origin is null
            ? await run.Send(HttpMethod.Get, url, bearer: null)
            : await Ask(run, HttpMethod.Get, url, ("Origin", origin));
        Assert.Equal((200, allowed, "Origin"), (reply.Status, Allowed(reply), reply.Header("Vary")));
    }

    [Theory]
    [InlineData("last-event-id", "Last-Event-ID")]
    [InlineData("authorization", "Last-Event-ID")]
    public async Task Preflight_OfEvents_AllowsToGoOnAndNoKey(string header, string allowed)
    {
        var reply = await Ask(
            gateway.Run, HttpMethod.Options, "/api/v1/tryon/job_1/events", ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", header));
        Assert.Equal((204, allowed), (reply.Status, reply.Header("Access-Control-Allow-Headers")));
    }

    [Theory]
    [InlineData("GET", "/api/v1/credits")]
    [InlineData("GET", "/api/v1/tryon/{id}")]
    [InlineData("POST", "/api/v1/tryon/{id}/token")]
    [InlineData("GET", "/admin/v1/accounts")]
    public async Task Route_ThatTakesKeys_SaysNothingToPages(string method, string path)
    {
        var (_, id) = await Job(gateway.Run);
        var reply = await Ask(gateway.Run, new HttpMethod(method), path.Replace("{id}", id, StringComparison.Ordinal));
        Assert.Null(Allowed(reply));
    }

    [Theory]
    [InlineData(Shop, Shop)]
    [InlineData("https://other.example", null)]
    [InlineData("http://shop.example", null)]
    public async Task Origins_ThatAreListed_AreTheOnlyOnes(string origin, string? allowed)
    {
        await using var run = await GatewayRun.Start(new() { ["TryOn:Browsers:Origins:0"] = Shop });
        var reply = await Ask(run, HttpMethod.Get, "/api/v1/tryon/job_1/events", ("Origin", origin));
        Assert.Equal(allowed, Allowed(reply));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://Shop.example")]
    [InlineData("ftp://shop.example")]
    public void Origin_ThatNoBrowserWrites_IsNamedAtTheStart(string origin)
    {
        var result = new BrowserOptionsValidator()
            .Validate(name: null, new BrowserOptions { Origins = [Shop, origin] });
        Assert.Contains($"'{origin}'", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private static string? Allowed(Reply reply) => reply.Header("Access-Control-Allow-Origin");

    private static async Task<(TestAccount Account, string Id)> Job(GatewayRun run)
    {
        var account = await run.Open();
        return (account, (await account.TryOn(Requests.Good())).Json.Text("id"));
    }

    private static async Task<Reply> Ask(
        GatewayRun run, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (!request.Headers.Contains("Origin"))
            request.Headers.TryAddWithoutValidation("Origin", Shop);
        return await run.Send(request);
    }
}
