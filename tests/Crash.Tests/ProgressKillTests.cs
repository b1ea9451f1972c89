using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>Who watches a job while the gateway is killed hears every step of it once, over either kind of stream.</summary>
public sealed class ProgressKillTests(ITestOutputHelper output)
{
    /// <summary>A job of these tests takes about a second and a half.</summary>
    private const int KillWithinMs = 1500;

    [Fact]
    public async Task Watchers_OfAGatewayThatIsKilled_HearAsIfUncut()
    {
        using var run = new GatewayRun(output);
        await run.StartGateway();
        var account = await run.Operator.Open("watched", credits: 1_000, concurrency: 10);
        var api = new TryOnClient(run.Http, run.Site, account.Key!, new PictureSeries(SideMin: 300, Noise: false));
        var (findings, breaks) = (new List<string>(), 0);
        for (run.Round = 1; run.Round <= CrashRun.Rounds; run.Round++)
        {
            var order = new Order(run.Round, Order.Kling, AsForm: false, Temper.Waits);
            var (_, _, job) = await api.Place(order, CancellationToken.None);
            var (events, socket) = (new StreamWatcher(run, account.Key!, job!.Id), new StreamWatcher(run, account.Key!, job.Id));
            var told = Task.WhenAll(events.Watch(socket: false), socket.Watch(socket: true));
            await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Dice.Next(KillWithinMs)));
            run.Gateway.Kill();
            await run.StartGateway();
            await told.WaitAsync(TimeSpan.FromSeconds(60));
            var uncut = await new StreamWatcher(run, account.Key!, job.Id).Watch(socket: false);
            findings.AddRange((await told).Where(one => !one.SequenceEqual(uncut)).Select(
                one => $"{run.Where}: [{string.Join(", ", one)}] and not [{string.Join(", ", uncut)}]"));
            breaks += events.Breaks + socket.Breaks;
        }

        Assert.True(breaks > 0, "no stream was ever broken");
        run.Conclude(findings);
    }
}
