using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>
/// Kills and replaces one silo after another, TRYON_CRASH_ROUNDS times (default 2), or once a minute for
/// TRYON_CRASH_MINUTES. In the short form the silo is replaced before the others have voted it dead, in the long form
/// after.
/// </summary>
internal static class SiloKills
{
    private const int RoundsDefault = 2;

    private static TimeSpan Interval => TimeSpan.FromSeconds(ClusterRun.Minutes is null ? 25 : 60);

    public static async Task Run(ClusterRun run)
    {
        var rounds = ClusterRun.Minutes ?? ClusterRun.RoundsOr(RoundsDefault);
        for (run.Round = 1; run.Round <= rounds; run.Round++)
            await KillOne(run);
        run.Log($"{rounds} silos were killed and replaced");
    }

    private static async Task KillOne(ClusterRun run)
    {
        var silo = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
        var since = TimeProvider.System.GetTimestamp();
        silo.Kill();
        run.Cluster.NoteDisruption();
        await CrashRun.Pause(Interval / 2);
        await run.Start(silo);
        var left = Interval - TimeProvider.System.GetElapsedTime(since);
        await CrashRun.Pause(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }
}
