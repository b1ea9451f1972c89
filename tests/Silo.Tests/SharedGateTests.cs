using TryOn.Behaviour;
using TryOn.Core.Accounts;
using TryOn.Core.Providers;

namespace TryOn.Silo.Tests;

public sealed class SharedGateTests
{
    private const int PlacesMax = 3;
    private const int Jobs = 60;

    private int _inside;
    private int _insideMax;

    [Fact]
    public async Task Permits_OfThreeSilos_NeverExceedTheUpstreamsLimit()
    {
        await using var host = await ClusterUnderTest.Start(Crowded());
        var (scene, account) = await Begin(host);

        await scene.WaitUntilSettled(account);

        Assert.Equal(PlacesMax, _insideMax);
        Assert.Equal(Jobs, (await account.Read()).Value!.Captured);
    }

    /// <summary>
    /// One of the killed silos may hold the gate, the other may have jobs inside. Every job must get in all the same.
    /// </summary>
    [Fact]
    public async Task Gate_WhoseSilosDie_AdmitsEveryJob()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(Crowded());
        var (scene, account) = await Begin(host);
        await host.Cluster.KillSiloAsync(host.Cluster.Silos[2]);
        await host.Cluster.KillSiloAsync(host.Cluster.Silos[1]);

        // A call that goes to a silo which has just died fails, and its caller repeats it.
        account = new RepeatingDirectory(host.Directory).Account("crowded");
        await scene.WaitUntilSettled(account);

        Assert.Equal(Jobs, (await account.Read()).Value!.Captured);
    }

    private ClusterUnderTest Crowded() => new()
    {
        Provider = new ScriptedProvider { ConcurrencyMax = PlacesMax, OnSubmit = Submit },
    };

    private async Task<(Scene Scene, IAccount Account)> Begin(HostUnderTest host)
    {
        var scene = new Scene(host) { Patience = TimeSpan.FromMinutes(3) };
        var account = await scene.OpenAccount("crowded", credits: Jobs);
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => scene.Run("crowded")));
        return (scene, account);
    }

    private async Task<ProviderReply> Submit(ProviderCall call)
    {
        var inside = Interlocked.Increment(ref _inside);
        InterlockedMax(inside);
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Interlocked.Decrement(ref _inside);
        return new ProviderReply.Delivered([OnePixel.Png]);
    }

    private void InterlockedMax(int inside)
    {
        int known;
        while ((known = _insideMax) < inside && Interlocked.CompareExchange(ref _insideMax, inside, known) != known)
        {
            // Another thread was faster; try again.
        }
    }
}
