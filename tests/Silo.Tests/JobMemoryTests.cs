using Orleans.Configuration;
using Orleans.Hosting;
using TryOn.Behaviour;
using TryOn.Grains.Jobs;

namespace TryOn.Silo.Tests;

public sealed class JobMemoryTests
{
    /// <summary>Its deadline is minutes away, and a job that waits stays until then.</summary>
    [Fact]
    public async Task EndedJob_IsForgottenAtItsAge()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Changes = silo => silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.CollectionQuantum = TimeSpan.FromSeconds(2);
                collection.CollectionAge = TimeSpan.FromSeconds(4);
            }),
        });
        var scene = new Scene(host);
        var account = await scene.OpenAccount("short", credits: 1);
        await scene.Ended(await scene.Run("short"));
        await scene.Settled(account);

        await Scene.Until(() => Jobs(host), count => count == 0, "the job to leave memory", TimeSpan.FromSeconds(45));
    }

    private static async Task<int> Jobs(ClusterUnderTest host)
    {
        var kinds = await host.Cluster.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return kinds.Where(kind => kind.GrainType.Contains(nameof(JobGrain), StringComparison.Ordinal)).Sum(kind => kind.ActivationCount);
    }
}
