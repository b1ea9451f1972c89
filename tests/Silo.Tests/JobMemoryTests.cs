using Orleans.Configuration;
using Orleans.Hosting;
using TryOn.Behaviour;
using TryOn.Grains.Jobs;

namespace TryOn.Silo.Tests;

public sealed class JobMemoryTests
{
    /// <summary>The deadline of the job is minutes away, and a waiting job would stay in memory until then.</summary>
    [Fact]
    public async Task Job_EndedLongAgo_LeavesMemory()
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
        await scene.WaitUntilEnded(await scene.Run("short"));
        await scene.WaitUntilSettled(account);

        await Scene.Until(
            () => host.Count(typeof(JobGrain)), count => count == 0, "the job to leave memory",
            TimeSpan.FromSeconds(45));
    }
}
