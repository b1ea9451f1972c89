using TryOn.Silo.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests.Drills;

/// <summary>
/// The failure drills of <c>docs/operations.md</c>, one after the other, on one cluster that clients order from all the
/// while. In full, about a quarter of an hour: <c>TRYON_CRASH_MINUTES=10 dotnet test tests/Silo.Tests --filter
/// ClusterDrill</c>.
/// </summary>
[Collection("real processes")]
public sealed class ClusterDrillTests(ITestOutputHelper output)
{
    [ClusterFact]
    public async Task Cluster_ThroughAllDrills_LosesNothingAndChargesNothingTwice()
    {
        var database = new PostgresServer();
        using var run = new ClusterRun(output, database);
        await run.RunThrough(async () =>
        {
            await SiloKills.Run(run);
            await run.Rest();
            await SiloPause.Run(run);
            await run.Rest();
            await RollingRestart.Run(run);
            await run.Rest();
            await DatabaseOutage.Run(run, database);
        });
    }
}
