using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;
using TryOn.Behaviour;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Grains.Interfaces;

namespace TryOn.Silo.Tests;

/// <summary>
/// A silo that stops takes the whereabouts of other silos' grains with it, and Orleans makes those silos let go of them, at
/// work or not. Which ones is chance, so here it is all of them.
/// </summary>
public sealed class LetGoTests
{
    private const int Jobs = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Places_OfJobsThatWereLetGo_AreFree()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider
            {
                ConcurrencyMax = Jobs,
                OnPoll = id => Task.FromResult<ProviderReply>(new ProviderReply.Waiting(id, TimeSpan.FromMilliseconds(200))),
            },
        });
        var ids = await Begin(host);
        await Scene.Until(() => All(host, ids, job => job.Status == JobStatus.Waiting), yes => yes, "all to wait", Patience);
        Assert.Equal(ids.Order(), Held(host).Distinct().Order());

        await Task.WhenAll(ids.Select(id => LetGo(host, id).AsTask()));

        // One that is taken up again meanwhile holds its place once more.
        var free = new HashSet<string>();
        await Scene.Until(
            () => Task.FromResult(free.Union(ids.Except(Held(host))).ToList()),
            seen =>
            {
                free.UnionWith(seen);
                return free.Count == Jobs;
            },
            "every place to be free", Patience);
    }

    [Fact]
    public async Task Submits_OfJobsThatWereLetGo_AreNotMadeTwice()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider
            {
                ConcurrencyMax = Jobs, SubmitMax = TimeSpan.FromMinutes(5),
                OnSubmit = async _ =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
                    return new ProviderReply.Delivered([OnePixel.Png]);
                },
                OnFind = _ => Task.FromResult<ProviderReply>(new ProviderReply.CannotTell()),
            },
        });
        var ids = await Begin(host);
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == Jobs, "all submits");
        await Task.WhenAll(ids.Select(id => LetGo(host, id).AsTask()));

        // Long before their submits must be over, so what was written late has been told to whoever took them up.
        await Scene.Until(() => All(host, ids, job => job.Ended), yes => yes, "all to end", Patience);
        Assert.Equal(Jobs, host.Provider.Submitted.Count);
    }

    private static async Task<string[]> Begin(HostUnderTest host)
    {
        var scene = new Scene(host);
        await scene.OpenAccount("crowded", credits: Jobs);
        return await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => scene.Run("crowded")));
    }

    private static ValueTask LetGo(ClusterUnderTest host, string id) =>
        host.Cluster.Client.GetGrain<IJobGrain>(id).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    private static async Task<bool> All(HostUnderTest host, string[] ids, Func<JobView, bool> fits)
    {
        var jobs = await Task.WhenAll(ids.Select(id => host.Directory.Job(id).Read()));
        return jobs.All(job => job.Value is { } view && fits(view));
    }

    private static List<string> Held(ClusterUnderTest host) => [.. host.Cluster.Silos.SelectMany(Held)];

    private static HashSet<string> Held(InProcessSiloHandle silo)
    {
        var gate = silo.ServiceProvider.GetRequiredService<Upstreams>().Find(ScriptedProvider.ProviderName, AccountMode.Live)!.Gate;
        var held = gate.GetType().GetField("_held", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return [.. (HashSet<string>)held.GetValue(gate)!];
    }
}
