namespace TryOn.Api.Tests.Jobs;

/// <summary>A client's own retry has no idempotency key. While the first runs, it is told by its bytes and its API key.</summary>
[Collection(Live.Name)]
public sealed class RepeatTests(LiveGateway gateway) : IAsyncLifetime
{
    private const string Counter = "X-Stainless-Retry-Count";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.Calm();

    [Fact]
    public async Task Repeat_WhileTheFirstRuns_JoinsIt()
    {
        var account = await Slow();
        var replies = await Task.WhenAll(Chat(account), Chat(account), Chat(account));
        Assert.Single(replies.Select(reply => reply.Json.Text("id")).Distinct());
        Assert.Equal(9, (await account.Settled()).Number("available"));
        Assert.Equal("grant reserve capture", await account.Story());
    }

    [Fact]
    public async Task Repeat_AfterTheFirstHasEnded_IsANewPicture()
    {
        var account = await gateway.Run.Open(mode: "live");
        Assert.NotEqual((await Chat(account)).Json.Text("id"), (await Chat(account, "0")).Json.Text("id"));
        Assert.Equal(8, (await account.Settled()).Number("available"));
    }

    [Fact]
    public async Task Repeat_MarkedAsARetry_IsThePictureThatWasMade()
    {
        var account = await gateway.Run.Open(mode: "live");
        var first = await Chat(account, "0");
        await account.Settled();
        Assert.Equal(first.Json.Text("id"), (await Chat(account, "1")).Json.Text("id"));
        Assert.Equal(9, (await account.Settled()).Number("available"));
    }

    [Fact]
    public async Task Retry_OfWhatFailed_IsTriedAgain()
    {
        var account = await gateway.Run.Open(mode: "live");
        await gateway.Trouble(new { provider = "gemini", operation = "submit", action = "status", status = 400, times = 1 });
        var failed = await Chat(account, "0");
        await account.Settled();
        var retried = await Chat(account, "1");
        Assert.Equal((true, 200), (failed.Status >= 400, retried.Status));
        Assert.NotEqual(failed.Header("X-Generation-Id"), retried.Json.Text("id"));
    }

    [Fact]
    public async Task Requests_ThatDifferInOneByte_AreTwo()
    {
        var account = await Slow();
        var seeds = await Task.WhenAll(Chat(account, fields: """{"seed": 1}"""), Chat(account, fields: """{"seed": 2}"""));
        Assert.Equal(2, seeds.Select(reply => reply.Json.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task Requests_WithKeysOfTheirOwn_AreTwo()
    {
        var account = await Slow();
        var body = Requests.Chat(Requests.Gemini);
        var both = await Task.WhenAll(account.Chat(Requests.Json(body), "one"), account.Chat(Requests.Json(body), "two"));
        Assert.Equal(2, both.Select(reply => reply.Json.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task Requests_UnderTwoApiKeys_AreTwo()
    {
        var account = await Slow();
        var other = (await account.Post("/api/v1/keys", Requests.Json(new { name = "second" }))).Json.Text("key");
        var both = await Task.WhenAll(Chat(account), Chat(new TestAccount(gateway.Run, account.Id, other)));
        Assert.Equal(2, both.Select(reply => reply.Json.Text("id")).Distinct().Count());
    }

    private async Task<TestAccount> Slow()
    {
        await gateway.Trouble(new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 500 });
        return await gateway.Run.Open(mode: "live");
    }

    private async Task<Reply> Chat(TestAccount account, string? count = null, string fields = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat/completions")
        {
            Content = Requests.Json(Requests.Chat(Requests.Gemini).With(fields)),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        if (count is not null)
            request.Headers.TryAddWithoutValidation(Counter, count);
        return await gateway.Run.Send(request);
    }
}
