using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests;

/// <summary>Every node is ended politely and started again, one after the other, as an upgrade does it.</summary>
[Collection("real processes")]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    /// <summary>What orchestrators grant by default before they kill.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);

    [ClusterFact]
    public async Task Nodes_RestartedInTurn_RefuseNobodyForGood()
    {
        using var run = new ClusterRun(output);
        var late = new List<string>();
        run.Round = 1;
        await run.Through(async () =>
        {
            foreach (var node in run.Cluster.Silos.Concat(run.Cluster.Apis))
            {
                await Restart(run, node, late);
                run.Round++;
            }
        });
        Assert.Empty(late);
    }

    private static async Task Restart(ClusterRun run, NodeProcess node, List<string> late)
    {
        var since = TimeProvider.System.GetTimestamp();
        run.Cluster.Note();
        var ended = await Task.Run(() => node.Stop(EndMax));
        run.Cluster.Note();
        run.Say($"{node.Name} ended after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s");
        if (!ended)
            late.Add($"{node.Name} had not ended after {EndMax}");
        await run.Start(node);
        await CrashRun.Pause(Between);
    }
}
