namespace TryOn.Api.Tests.Limits;

[Collection(Shared.Name)]
public sealed class RateWindowTests(SharedGateway gateway)
{
    [Fact]
    public async Task TryOns_PastTheWindow_AreToldWhenToComeBack()
    {
        var account = await gateway.Run.Open(limits: new { requests_per_minute = 2 });
        Assert.Equal(200, (await account.TryOn(Requests.Good())).Status);
        Assert.Equal(200, (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini)))).Status);
        await account.WaitUntilSettled();

        var reply = await account.AssertUnchanged(() => account.TryOn(Requests.Good()));
        Envelope.Check(reply, 429, "RateLimitExceeded", "rate_limit_exceeded");
        Assert.Equal("true", reply.Header("x-should-retry"));
        Assert.InRange(int.Parse(reply.Header("Retry-After")!), 30, 60);
        Envelope.Check(await account.Chat(Requests.Text("{}")), 429, "RateLimitExceeded", "rate_limit_exceeded");
    }

    [Fact]
    public async Task Reads_PastTheTryOnWindow_HaveTheirOwnWindow()
    {
        var account = await gateway.Run.Open(limits: new { requests_per_minute = 1, status_requests_per_minute = 1 });
        var job = await account.TryOn(Requests.Good());
        Assert.Equal(200, (await account.Get(job.Json.Text("statusUrl"))).Status);
        Envelope.Check(await account.Get(job.Json.Text("statusUrl")), 429, "RateLimitExceeded", "rate_limit_exceeded");
        Assert.Equal(200, (await account.Get("/api/v1/models")).Status);
        await account.WaitUntilSettled();
    }

    [Fact]
    public async Task Credits_AfterTooManyPolls_AreReadAllTheSame()
    {
        var account = await Polled();
        Assert.Equal(200, (await account.Get("/api/v1/credits")).Status);
        // Both surfaces share one window, since they read the same account's credits.
        Assert.Equal(429, (await account.Get("/v1/credits")).Status);
        Envelope.Check(await account.Get("/api/v1/credits"), 429, "RateLimitExceeded", "rate_limit_exceeded");
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/cancel")]
    public async Task Cancel_AfterTooManyPolls_IsTakenAllTheSame(string method, string path)
    {
        var account = await Polled();
        var reply = await gateway.Run.Send(new HttpMethod(method), $"/api/v1/tryon/job_x{path}", account.Key);
        Envelope.Check(reply, 404, "NotFound", "not_found");
        var repeated = await gateway.Run.Send(new HttpMethod(method), $"/api/v1/tryon/job_x{path}", account.Key);
        Envelope.Check(repeated, 429, "RateLimitExceeded", "rate_limit_exceeded");
    }

    [Theory]
    [InlineData("POST", "/api/v1/tryon")]
    [InlineData("POST", "/api/v1/chat/completions")]
    [InlineData("POST", "/v1/images/edits")]
    [InlineData("POST", "/api/v1/tryon/hairstyle")]
    [InlineData("POST", "/v1/run")]
    [InlineData("GET", "/api/v1/tryon/job_x")]
    [InlineData("GET", "/api/v1/tryon/job_x/events")]
    [InlineData("GET", "/api/v1/status/job_x")]
    [InlineData("GET", "/v1/status/job_x")]
    [InlineData("GET", "/api/v1/credits")]
    [InlineData("GET", "/v1/credits")]
    [InlineData("GET", "/api/v1/usage")]
    public async Task Refusal_OfOneTooMany_TellsHowTheWindowStands(string method, string path)
    {
        var account = await gateway.Run.Open(limits: new { requests_per_minute = 1, status_requests_per_minute = 1 });
        Assert.NotEqual(429, (await Send()).Status);
        var refused = await Send();
        Assert.Equal(
            (429, "1", "0"),
            (refused.Status, refused.Header("x-ratelimit-limit-requests"), refused.Header(
                "x-ratelimit-remaining-requests")));
        Assert.InRange(int.Parse(refused.Header("x-ratelimit-reset-requests")!.TrimEnd('s')), 1, 60);

        Task<Reply> Send() => gateway.Run.Send(
            new HttpMethod(method), path, account.Key, method == "POST" ? Requests.Text("{}") : null);
    }

    /// <summary>Opens an account and uses up its status requests.</summary>
    private async Task<TestAccount> Polled()
    {
        var account = await gateway.Run.Open(limits: new { status_requests_per_minute = 1 });
        Assert.Equal(404, (await account.Get("/api/v1/status/job_x")).Status);
        Assert.Equal(429, (await account.Get("/api/v1/tryon/job_x")).Status);
        return account;
    }
}
