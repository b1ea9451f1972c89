using TryOn.Crash.Tests;
using TryOn.Silo.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests;

/// <summary>
/// The cluster as <c>deploy/azure</c> configures it, over Azurite: a silo is killed and replaced while clients order.
/// </summary>
[Collection("real processes")]
public sealed class AzureKillTests(ITestOutputHelper output)
{
    /// <summary>How long a supervisor takes to restart a silo.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    /// <summary>A few jobs are enough here; the long runs use PostgreSQL.</summary>
    private static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(4);

    [AzureFact]
    public async Task Silo_KilledOverAzureStorage_IsReplacedWithoutLoss()
    {
        using var run = new ClusterRun(output, await AzuriteServer.Start()) { CalmTime = CalmTime };
        await run.RunThrough(async () =>
        {
            var silo = run.Cluster.Silos[run.Random.Next(run.Cluster.Silos.Count)];
            run.Round = 1;
            silo.Kill();
            run.Cluster.NoteDisruption();
            await CrashRun.Pause(Away);
            await run.Start(silo);
            run.Round = 2;
        });
    }
}
