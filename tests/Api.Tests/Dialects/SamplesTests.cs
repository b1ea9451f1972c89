using System.Text.Json;

namespace TryOn.Api.Tests.Dialects;

/// <summary>
/// A request for several pictures is one job to its caller and one reservation per picture to its account.
/// </summary>
[Collection(Live.Name)]
public sealed class SamplesTests(LiveGateway gateway) : IAsyncLifetime
{
    public static TheoryData<string> Both => Dialect.Both;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Samples_WithOneThatFails_CostThree(string surface)
    {
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Dialect.Named(surface).Begin(account, """{"num_samples": 4}"""));
        var job = await Dialect.Named(surface).Ended(account, id);

        Assert.Equal(
            ("completed", 3),
            (job.Text("status"), job.List("output").Select(url => url.GetString()).Distinct().Count()));
        Assert.Equal(JsonValueKind.Null, job.GetProperty("error").ValueKind);
        var statement = await account.Statement();
        Assert.All(statement.Skip(1).Take(4), entry => Assert.Equal("reserve", entry.Text("kind")));
        Assert.Equal(
            ["capture", "capture", "capture", "release"],
            statement.Skip(5).Select(entry => entry.Text("kind")).Order());
        Assert.All(statement.Skip(1), entry => Assert.Equal(1, entry.Number("amount")));
        var figures = await account.Figures();
        Assert.Equal((7, 0, 3), (figures.Number("available"), figures.Number("reserved"), figures.Number("captured")));
    }

    [Fact]
    public async Task Samples_ThatAllFail_AreAFailureThatCostsNothing()
    {
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy" });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account, """{"num_samples": 2}"""));
        var job = await Dialect.Named(Dialect.TryItOn).Ended(account, id);
        Assert.Equal(("failed", "ContentModerationError"), (job.Text("status"), job.GetProperty("error").Text("name")));
        Assert.Equal(10, (await account.Figures()).Number("available"));
    }

    /// <summary>
    /// The request ends with its last job. A client that saw an earlier end with three of four pictures would never ask
    /// for the fourth.
    /// </summary>
    [Fact]
    public async Task Samples_WhileOneRuns_AreNotDone()
    {
        await gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = 2_000, times = 1 });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account,
            """{"num_samples": 2, "category": "eyewear"}"""));
        await TestAccount.Until(
            async () => (await account.StatementKinds()).Contains("capture", StringComparison.Ordinal),
            () => "no picture was charged");
        Assert.Equal("processing", (await Dialect.Named(Dialect.TryItOn).Poll(account, id)).Json.Text("status"));
        Assert.Empty((await account.Get($"/api/v1/tryon/{id}")).Json.List("output"));
        Assert.Equal(2, (await Dialect.Named(Dialect.TryItOn).Ended(account, id)).List("output").Count);
    }

    [Fact]
    public async Task Samples_BeyondTheRoom_ReserveNothing()
    {
        var account = await gateway.Run.Open(mode: "live", limits: new { concurrency = 3 });
        var reply = await account.AssertUnchanged(() => Dialect.Named(Dialect.TryItOn).Begin(account,
            """{"num_samples": 4}"""));
        Dialect.Named(Dialect.TryItOn).Refused(reply, 429, "ConcurrencyLimitExceeded");
        Assert.Equal("false", reply.Header("x-should-retry"));
    }

    [Fact]
    public async Task Samples_UnderOneKey_AreBegunOnce()
    {
        var account = await gateway.Run.Open();
        var first = Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account, """{"num_samples": 3}""",
            "order 9"));
        await Dialect.Named(Dialect.TryItOn).Ended(account, first);
        Assert.Equal(first, Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account, """{"num_samples": 3}""",
            "order 9")));
        Assert.Equal(7, (await account.WaitUntilSettled()).Number("available"));
        Dialect.Named(Dialect.TryItOn).Refused(
            await Dialect.Named(Dialect.TryItOn).Begin(account, """{"num_samples": 2}""", "order 9"), 409, "Conflict");
    }
}
