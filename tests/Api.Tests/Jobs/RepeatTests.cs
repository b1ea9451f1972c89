using TryOn.Api.Tests.Dialects;

namespace TryOn.Api.Tests.Jobs;

/// <summary>
/// Retries without an idempotency key. While the first request runs, a repeat is recognised by its bytes and its API
/// key.
/// </summary>
[Collection(Live.Name)]
public sealed class RepeatTests(LiveGateway gateway) : IAsyncLifetime
{
    private const string Counter = "X-Stainless-Retry-Count";

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Fact]
    public async Task Repeat_WhileTheFirstRuns_JoinsIt()
    {
        var account = await Slow();
        var replies = await Task.WhenAll(Chat(account), Chat(account), Chat(account));
        Assert.Single(replies.Select(reply => reply.Json.Text("id")).Distinct());
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    [Fact]
    public async Task Repeat_AfterTheFirstHasEnded_IsANewPicture()
    {
        var account = await gateway.Run.Open(mode: "live");
        Assert.NotEqual((await Chat(account)).Json.Text("id"), (await Chat(account, "0")).Json.Text("id"));
        Assert.Equal(8, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Repeat_MarkedAsARetry_IsThePictureThatWasMade()
    {
        var account = await gateway.Run.Open(mode: "live");
        var first = await Chat(account, "0");
        await account.WaitUntilSettled();
        Assert.Equal(first.Json.Text("id"), (await Chat(account, "1")).Json.Text("id"));
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Retry_OfWhatFailed_IsTriedAgain()
    {
        var account = await gateway.Run.Open(mode: "live");
        await gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "status", status = 400, times = 1 });
        var failed = await Chat(account, "0");
        await account.WaitUntilSettled();
        var retried = await Chat(account, "1");
        Assert.Equal((true, 200), (failed.Status >= 400, retried.Status));
        Assert.NotEqual(failed.Header("X-Generation-Id"), retried.Json.Text("id"));
    }

    /// <summary>
    /// A client that requests another picture and loses the answer must not be given the previous picture and pay for
    /// both.
    /// </summary>
    [Fact]
    public async Task Retry_WhileItsRequestRuns_JoinsItAndNoOlderOne()
    {
        var account = await gateway.Run.Open(mode: "live");
        var older = await Chat(account, "0");
        await account.WaitUntilSettled();
        await gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 1_500 });
        var lost = Chat(account, "0");
        await TestAccount.Until(
            async () => (await account.Figures()).Number("reserved") == 1, () => "nothing is reserved");
        var retried = await Chat(account, "1");
        Assert.NotEqual(older.Json.Text("id"), retried.Json.Text("id"));
        Assert.Equal((await lost).Json.Text("id"), retried.Json.Text("id"));
        Assert.Equal(8, (await account.WaitUntilSettled()).Number("available"));
    }

    /// <summary>A job that is polled may be started twice on purpose; FASHN's client marks its retries.</summary>
    [Theory]
    [InlineData("/v1/run")]
    [InlineData("/api/v1/tryon/clothes")]
    [InlineData("/api/v1/tryon")]
    public async Task Job_BegunTwice_IsOneWhereItIsMarkedAsARetry(string path)
    {
        await gateway.InjectFault(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 700 });
        var account = await gateway.Run.Open(mode: "live");
        var (first, other) = (await Begin(account, path, "0"), await Begin(account, path, "0"));
        Assert.NotEqual(first, other);
        Assert.Contains(await Begin(account, path, "1"), new[] { first, other });
        await account.WaitUntilSettled();
        Assert.Contains(await Begin(account, path, "1"), new[] { first, other });
        Assert.Equal(8, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Requests_ThatDifferInOneByte_AreTwo()
    {
        var account = await Slow();
        var seeds = await Task.WhenAll(Chat(account, fields: """{"seed": 1}"""), Chat(account,
            fields: """{"seed": 2}"""));
        Assert.Equal(2, seeds.Select(reply => reply.Json.Text("id")).Distinct().Count());
    }

    [Fact]
    public async Task Requests_WithKeysOfTheirOwn_AreTwo()
    {
        var account = await Slow();
        var body = Requests.Chat(Requests.Gemini);
        var both = await Task.WhenAll(
            account.Chat(Requests.Json(body), "one"), account.Chat(Requests.Json(body), "two"));
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
        await gateway.InjectFault(new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 500 });
        return await gateway.Run.Open(mode: "live");
    }

    private Task<Reply> Chat(TestAccount account, string? count = null, string fields = "{}") =>
        Send(account, "/api/v1/chat/completions", Requests.Chat(Requests.Gemini).With(fields), count);

    private async Task<string> Begin(TestAccount account, string path, string count)
    {
        var body = path switch
        {
            "/v1/run" => new { model_name = "tryon-v1.6", inputs = Dialect.Clothes },
            "/api/v1/tryon" => new
            {
                model = Requests.Kling, person_images = TestPictures.Url(TestPictures.Person),
                garment_images = TestPictures.Url(TestPictures.Garment),
            },
            _ => Dialect.Clothes,
        };
        return (await Send(account, path, body, count)).Json.Text("id");
    }

    private async Task<Reply> Send(TestAccount account, string path, object body, string? count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Requests.Json(body) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        if (count is not null)
            request.Headers.TryAddWithoutValidation(Counter, count);
        return await gateway.Run.Send(request);
    }
}
