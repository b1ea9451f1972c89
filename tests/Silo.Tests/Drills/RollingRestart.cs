using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;

namespace TryOn.Silo.Tests.Drills;

/// <summary>Stops and restarts every node gracefully, one after the other, as an upgrade does.</summary>
internal static class RollingRestart
{
    /// <summary>The default grace period of orchestrators before they kill a process.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);

    public static async Task Run(ClusterRun run)
    {
        run.Round = 1;
        foreach (var node in run.Cluster.Silos.Concat(run.Cluster.Apis))
        {
            await Restart(run, node);
            run.Round++;
        }
    }

    private static async Task Restart(ClusterRun run, NodeProcess node)
    {
        var since = TimeProvider.System.GetTimestamp();
        run.Cluster.NoteDisruption();
        var ended = await Task.Run(() => node.Stop(EndMax));
        run.Cluster.NoteDisruption();
        run.Log($"{node.Name} ended after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s");
        if (!ended)
            run.AddFinding($"{node.Name} had not ended after {EndMax}");
        await run.Start(node);
        await CrashRun.Pause(Between);
    }
}
