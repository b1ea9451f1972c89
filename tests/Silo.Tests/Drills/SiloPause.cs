using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>A silo that stands still long enough is voted dead, and its accounts and jobs are taken over; then it wakes.</summary>
internal static class SiloPause
{
    /// <summary>A silo may have had nothing in hand when it was stopped; then it shows nothing when it wakes.</summary>
    private const int RoundsMax = 3;

    /// <summary>What the engine logs of a write that did not hold. The database works all the while, so each was a lost race.</summary>
    private const string Refused = "its activation was dropped";

    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(65);

    /// <summary>A silo that learns of its own death ends itself, so that a supervisor can start it anew.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    public static async Task Run(ClusterRun run)
    {
        var refused = 0;
        for (run.Round = 1; refused == 0 && run.Round <= RoundsMax; run.Round++)
            refused = await StopAndWake(run);
        if (refused == 0)
            run.Found("no silo that was woken had a write refused");
    }

    private static async Task<int> StopAndWake(ClusterRun run)
    {
        var silo = run.Cluster.Silos[run.Dice.Next(run.Cluster.Silos.Count)];
        var before = silo.Told(Refused);
        silo.Freeze();
        run.Cluster.Note();
        await CrashRun.Pause(Standstill);
        run.Cluster.Note();
        var since = TimeProvider.System.GetTimestamp();
        silo.Thaw();
        var gone = await Task.Run(() => silo.Gone(EndMax));
        var refused = silo.Told(Refused) - before;
        run.Say($"{silo.Name} woke after {Standstill.TotalSeconds} s, had {refused} writes refused and "
            + $"{(gone ? "ended" : "still ran")} after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s");
        if (gone)
            await run.Start(silo);
        return refused;
    }
}
