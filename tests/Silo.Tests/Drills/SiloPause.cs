using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>
/// A silo is suspended until the others vote it dead and take over its accounts and jobs; then it is resumed.
/// </summary>
internal static class SiloPause
{
    /// <summary>
    /// A silo that was idle when it was suspended has no write refused when it resumes, so another round is needed.
    /// </summary>
    private const int RoundsMax = 3;

    /// <summary>
    /// What the engine logs when a write is refused. The database works all the time, so each refusal was a lost race.
    /// </summary>
    private const string Refused = "its activation was dropped";

    private static readonly TimeSpan Suspension = TimeSpan.FromSeconds(65);

    /// <summary>A silo that learns that it was voted dead terminates, so that a supervisor can restart it.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(60);

    public static async Task Run(ClusterRun run)
    {
        var refused = 0;
        for (run.Round = 1; refused == 0 && run.Round <= RoundsMax; run.Round++)
            refused = await SuspendAndResume(run);
        if (refused == 0)
            run.AddFinding("no silo that was woken had a write refused");
    }

    private static async Task<int> SuspendAndResume(ClusterRun run)
    {
        var silo = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
        var before = silo.CountLines(Refused);
        silo.Suspend();
        run.Cluster.NoteDisruption();
        await CrashRun.Pause(Suspension);
        run.Cluster.NoteDisruption();
        var since = TimeProvider.System.GetTimestamp();
        silo.Resume();
        var gone = await Task.Run(() => silo.WaitForEnd(EndMax));
        var refused = silo.CountLines(Refused) - before;
        run.Log($"{silo.Name} woke after {Suspension.TotalSeconds} s, had {refused} writes refused and "
            + $"{(gone ? "ended" : "still ran")} after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s");
        if (gone)
            await run.Start(silo);
        return refused;
    }
}
