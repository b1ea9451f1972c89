using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests;

/// <summary>The cluster as <c>deploy/azure</c> configures it, over Azurite: a silo is killed and replaced while clients order.</summary>
[Collection("real processes")]
public sealed class AzureKillTests(ITestOutputHelper output)
{
    /// <summary>A supervisor's pause.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    /// <summary>A few jobs are enough here; the long runs are those over PostgreSQL.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);

    [AzureFact]
    public async Task Silo_KilledOverAzureStorage_IsReplacedAndNothingIsLost()
    {
        using var run = new ClusterRun(output, await AzuriteServer.Start()) { Calm = Calm };
        await run.Through(async () =>
        {
            var silo = run.Cluster.Silos[run.Dice.Next(run.Cluster.Silos.Count)];
            run.Round = 1;
            silo.Kill();
            run.Cluster.Note();
            await CrashRun.Pause(Away);
            await run.Start(silo);
            run.Round = 2;
        });
    }
}
