namespace TryOn.Api.Tests.Keys;

[Collection(Shared.Name)]
public sealed class RateWindowTests(SharedGateway gateway)
{
    [Fact]
    public async Task TryOns_PastTheWindow_AreToldWhenToComeBack()
    {
        var account = await gateway.Run.Open(limits: new { requests_per_minute = 2 });
        Assert.Equal(200, (await account.TryOn(Requests.Good())).Status);
        Assert.Equal(200, (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini)))).Status);
        await account.Settled();

        var reply = await account.Untouched(() => account.TryOn(Requests.Good()));
        Envelope.Check(reply, 429, "RateLimitExceeded", "rate_limit_exceeded");
        Assert.Equal("true", reply.Header("x-should-retry"));
        Assert.InRange(int.Parse(reply.Header("Retry-After")!), 30, 60);
        Envelope.Check(await account.Chat(Requests.Text("{}")), 429, "RateLimitExceeded", "rate_limit_exceeded");
    }

    [Fact]
    public async Task Reads_HaveAWindowOfTheirOwn()
    {
        var account = await gateway.Run.Open(limits: new { requests_per_minute = 1, status_requests_per_minute = 2 });
        var job = await account.TryOn(Requests.Good());
        Assert.Equal(200, (await account.Get(job.Json.Text("statusUrl"))).Status);
        Assert.Equal(200, (await account.Get("/api/v1/credits")).Status);
        Envelope.Check(await account.Get("/api/v1/credits"), 429, "RateLimitExceeded", "rate_limit_exceeded");
        Assert.Equal(200, (await account.Get("/api/v1/models")).Status);
        await account.Settled();
    }
}
