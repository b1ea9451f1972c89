using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests;

/// <summary>A silo that stands still long enough is voted dead, and its accounts and jobs are taken over; then it wakes.</summary>
[Collection("real processes")]
public sealed class ClusterPauseTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(65);

    /// <summary>A silo that learns of its own death ends itself, so that a supervisor can start it anew.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    [ClusterFact]
    public async Task Silo_WokenAfterItsTakeover_LosesEveryWrite()
    {
        using var run = new ClusterRun(output);
        await run.Through(async () =>
        {
            run.Round = 1;
            var silo = run.Cluster.Silos[run.Dice.Next(run.Cluster.Silos.Count)];
            silo.Freeze();
            run.Cluster.Note();
            await CrashRun.Pause(Standstill);
            run.Cluster.Note();
            var since = TimeProvider.System.GetTimestamp();
            silo.Thaw();
            var gone = await Task.Run(() => silo.Gone(EndMax));
            run.Say($"{silo.Name} woke after {Standstill.TotalSeconds} s; "
                + $"{(gone ? "ended" : "still runs")} after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s");
            if (gone)
                await run.Start(silo);
            run.Round++;
        });
    }
}
