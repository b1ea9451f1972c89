using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace TryOn.Api.Tests.Dialects.Windows;

/// <summary>The specification's default limits, by a clock that the test moves and shares with the gateway.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private const int TryOnsMax = 20;
    private const int ReadsMax = 300;
    private const int Steps = 250;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly StillClock _clock = new();
    private GatewayRun _gateway = null!;

    public async Task InitializeAsync() =>
        _gateway = await GatewayRun.Start(services: services => services.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/tryon/clothes")]
    [InlineData("/api/v1/tryon/hairstyle")]
    [InlineData("/v1/run")]
    public async Task TryOns_TheTwentyFirst_IsRefusedAndThenWelcome(string path)
    {
        var account = await _gateway.Open(limits: new { });
        for (var n = 1; n <= TryOnsMax; n++)
        {
            var taken = await account.Post(path, Requests.Text("{}"));
            Assert.Equal((400, $"{TryOnsMax - n}"), (taken.Status, taken.Header("x-ratelimit-remaining-requests")));
        }

        var refused = await account.Post(path, Requests.Text("{}"));
        Assert.Equal((429, "60"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(("20", "0", "60s"), Figures(refused));
        _clock.Advance(Window - TimeSpan.FromMilliseconds(1));
        Assert.Equal((429, "1"), StatusAndWait(await account.Post(path, Requests.Text("{}"))));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(400, (await account.Post(path, Requests.Text("{}"))).Status);
    }

    [Theory]
    [InlineData("/api/v1/status/job_x", 404)]
    [InlineData("/api/v1/credits", 200)]
    [InlineData("/v1/status/job_x", 404)]
    [InlineData("/v1/credits", 200)]
    public async Task Reads_PastThreeHundred_AreRefusedAndThenWelcome(string path, int status)
    {
        var account = await _gateway.Open(limits: new { });
        for (var n = 1; n <= ReadsMax; n++)
            Assert.Equal(status, (await account.Get(path)).Status);
        var refused = await account.Get(path);
        Assert.Equal((429, "60"), StatusAndWait(refused));
        _clock.Advance(TimeSpan.FromSeconds(int.Parse(refused.Header("Retry-After")!)));
        Assert.Equal(status, (await account.Get(path)).Status);
    }

    /// <summary>The expected result is computed independently, from the times of admitted requests alone.</summary>
    [Fact]
    public async Task TryOns_AtAnyPace_AreNeverMoreThanTwentyAMinute()
    {
        var account = await _gateway.Open(limits: new { });
        var random = new Random(7);
        var taken = new List<DateTimeOffset>();
        for (var step = 0; step < Steps; step++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(20_000) : random.Next(900)));
            var now = _clock.GetUtcNow();
            var recent = taken.Where(at => now - at < Window).ToList();
            var reply = await account.Post(step % 2 == 0 ? "/v1/run" : "/api/v1/tryon/clothes", Requests.Text("{}"));
            if (recent.Count < TryOnsMax)
            {
                Assert.Equal(HttpStatusCode.BadRequest, (HttpStatusCode)reply.Status);
                taken.Add(now);
                continue;
            }

            var wait = recent[^TryOnsMax] + Window - now;
            Assert.Equal((429, $"{Math.Ceiling(wait.TotalSeconds)}"), StatusAndWait(reply));
        }

        Assert.True(taken.Count is > TryOnsMax and < Steps, $"{taken.Count} were let in, which shows nothing");
    }

    private static (string? Limit, string? Remaining, string? Reset) Figures(Reply reply) => (
        reply.Header("x-ratelimit-limit-requests"), reply.Header("x-ratelimit-remaining-requests"),
        reply.Header("x-ratelimit-reset-requests"));

    private static (int Status, string? Wait) StatusAndWait(Reply reply) => (reply.Status, reply.Header("Retry-After"));
}
