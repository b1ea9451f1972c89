using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Grains.Interfaces;

namespace TryOn.Silo.Tests;

public sealed class GateSilenceTests
{
    /// <summary>
    /// Takes about 40 seconds, since a silo may be silent for half a minute. The other silos report all the time.
    /// </summary>
    [Fact]
    public async Task Silo_UnresponsiveForLong_IsRemovedAndStartsOver()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider { ConcurrencyMax = 1 },
        });
        var gate = host.Cluster.Client.GetGrain<IGateGrain>(ScriptedProvider.ProviderName);
        var first = await gate.Exchange(News(term: "", number: 1, new GateMove("gone", GateMoveKind.Hold)));
        var scene = new Scene(host) { Patience = TimeSpan.FromSeconds(60) };
        await scene.OpenAccount("behind", credits: 1);

        Assert.Equal(JobStatus.Succeeded, (await scene.WaitUntilEnded(await scene.Run("behind"))).Status);
        var expired = await gate.Exchange(News(first.Term, number: 1));
        Assert.NotEqual(first.Term, expired.Term);
        var again = await gate.Exchange(News(term: "", number: 2, new GateMove("back", GateMoveKind.Enter)));
        Assert.Equal(first.Term, again.Term);
        Assert.Equal("back", Assert.Single(again.Admitted));
    }

    private static GateNews News(string term, long number, params GateMove[] moves) =>
        new("ghost", term, number, All: term.Length == 0, [.. moves], PlacesMax: 1, Patience: TimeSpan.FromSeconds(5));
}
