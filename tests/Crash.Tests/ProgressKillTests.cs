using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>
/// A client that watches a job while the gateway is killed receives every step once, over either kind of stream.
/// </summary>
public sealed class ProgressKillTests(ITestOutputHelper output)
{
    /// <summary>About as long as a job of these tests takes.</summary>
    private const int KillWithinMs = 1500;

    [Fact]
    public async Task Watchers_OfAGatewayThatIsKilled_ReceiveEveryStepOnce()
    {
        using var run = new SingleProcessRun(output);
        await run.StartGateway();
        var account = await run.Operator.Open("watched", credits: 1_000, concurrency: 10);
        var api = new TryOnClient(
            run.Http, run.Deployment, account.Key!, new PictureSeries(SideMin: 300, Noise: false));
        var (findings, breaks) = (new List<string>(), 0);
        for (run.Round = 1; run.Round <= CrashRun.Rounds; run.Round++)
        {
            var order = new Order(run.Round, Order.Kling, AsForm: false, ClientBehaviour.Polls);
            var (_, _, job) = await api.Place(order, CancellationToken.None);
            var (events, socket) = (
                new StreamWatcher(run, account.Key!, job!.Id), new StreamWatcher(run, account.Key!, job.Id));
            var watching = Task.WhenAll(events.Watch(socket: false), socket.Watch(socket: true));
            await CrashRun.Pause(TimeSpan.FromMilliseconds(run.Random.Next(KillWithinMs)));
            run.Gateway.Kill();
            await run.StartGateway();
            await watching.WaitAsync(TimeSpan.FromSeconds(60));
            var uncut = await new StreamWatcher(run, account.Key!, job.Id).Watch(socket: false);
            findings.AddRange((await watching).Where(one => !one.SequenceEqual(uncut)).Select(
                one => $"{run.Position}: [{string.Join(", ", one)}] and not [{string.Join(", ", uncut)}]"));
            breaks += events.Breaks + socket.Breaks;
        }

        Assert.True(breaks > 0, "no stream was ever broken");
        run.Conclude(findings);
    }
}
