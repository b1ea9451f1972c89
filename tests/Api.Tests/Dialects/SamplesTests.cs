using System.Text.Json;

namespace TryOn.Api.Tests.Dialects;

/// <summary>Several pictures of one request: one job to its caller, a reservation for each to its account.</summary>
[Collection(Live.Name)]
public sealed class SamplesTests(LiveGateway gateway) : IAsyncLifetime
{
    public static TheoryData<string> Both => Dialect.Both;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.Calm();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Samples_WithOneThatFails_CostThree(string surface)
    {
        await gateway.Trouble(new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Dialect.Of(surface).Begin(account, """{"num_samples": 4}"""));
        var job = await Dialect.Of(surface).Ended(account, id);

        Assert.Equal(("completed", 3), (job.Text("status"), job.List("output").Select(url => url.GetString()).Distinct().Count()));
        Assert.Equal(JsonValueKind.Null, job.GetProperty("error").ValueKind);
        var statement = await account.Statement();
        Assert.All(statement.Skip(1).Take(4), entry => Assert.Equal("reserve", entry.Text("kind")));
        Assert.Equal(["capture", "capture", "capture", "release"], statement.Skip(5).Select(entry => entry.Text("kind")).Order());
        Assert.All(statement.Skip(1), entry => Assert.Equal(1, entry.Number("amount")));
        var figures = await account.Figures();
        Assert.Equal((7, 0, 3), (figures.Number("available"), figures.Number("reserved"), figures.Number("captured")));
    }

    [Fact]
    public async Task Samples_ThatAllFail_AreAFailureThatCostsNothing()
    {
        await gateway.Trouble(new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Dialect.Of(Dialect.TryItOn).Begin(account, """{"num_samples": 2}"""));
        var job = await Dialect.Of(Dialect.TryItOn).Ended(account, id);
        Assert.Equal(("failed", "ContentModerationError"), (job.Text("status"), job.GetProperty("error").Text("name")));
        Assert.Equal(10, (await account.Figures()).Number("available"));
    }

    /// <summary>The last to end decides: who sees an end early, and three of four pictures, would never ask for the fourth.</summary>
    [Fact]
    public async Task Samples_WhileOneRuns_AreNotDone()
    {
        await gateway.Trouble(new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 2_000, times = 1 });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Dialect.Of(Dialect.TryItOn).Begin(account, """{"num_samples": 2, "category": "eyewear"}"""));
        await TestAccount.Until(
            async () => (await account.Story()).Contains("capture", StringComparison.Ordinal), () => "no picture was charged");
        Assert.Equal("processing", (await Dialect.Of(Dialect.TryItOn).Poll(account, id)).Json.Text("status"));
        Assert.Empty((await account.Get($"/api/v1/tryon/{id}")).Json.List("output"));
        Assert.Equal(2, (await Dialect.Of(Dialect.TryItOn).Ended(account, id)).List("output").Count);
    }

    [Fact]
    public async Task Samples_BeyondTheRoom_ReserveNothing()
    {
        var account = await gateway.Run.Open(mode: "live", limits: new { concurrency = 3 });
        var reply = await account.Untouched(() => Dialect.Of(Dialect.TryItOn).Begin(account, """{"num_samples": 4}"""));
        Dialect.Of(Dialect.TryItOn).Refused(reply, 429, "ConcurrencyLimitExceeded");
        Assert.Equal("false", reply.Header("x-should-retry"));
    }

    [Fact]
    public async Task Samples_UnderOneKey_AreBegunOnce()
    {
        var account = await gateway.Run.Open();
        var first = Dialect.IdOf(await Dialect.Of(Dialect.TryItOn).Begin(account, """{"num_samples": 3}""", "order 9"));
        await Dialect.Of(Dialect.TryItOn).Ended(account, first);
        Assert.Equal(first, Dialect.IdOf(await Dialect.Of(Dialect.TryItOn).Begin(account, """{"num_samples": 3}""", "order 9")));
        Assert.Equal(7, (await account.Settled()).Number("available"));
        Dialect.Of(Dialect.TryItOn).Refused(
            await Dialect.Of(Dialect.TryItOn).Begin(account, """{"num_samples": 2}""", "order 9"), 409, "Conflict");
    }
}
