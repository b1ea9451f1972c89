using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using TryOn.Behaviour;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;

namespace TryOn.Silo.Tests;

/// <summary>
/// A silo that dies takes the whereabouts of other silos' grains with it, and Orleans makes those silos let go of them, at
/// work or not.
/// </summary>
public sealed class StoppedSiloTests
{
    private const int Jobs = 24;

    private static readonly TimeSpan Recovered = TimeSpan.FromSeconds(90);

    private volatile bool _ready;

    [Fact]
    public async Task Places_OfJobsThatWereLetGo_AreFree()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider { ConcurrencyMax = Jobs, OnPoll = Poll },
        });
        var (scene, account, ids) = await Begin(host);
        await Scene.Until(() => All(host, ids, job => job.Status == JobStatus.Waiting), yes => yes, "all to wait", Recovered);
        await host.Cluster.KillSiloAsync(host.Cluster.Silos[2]);
        // As clients that poll: every job is taken up again, many of them on another silo than before.
        await Scene.Until(() => All(host, ids, _ => true), yes => yes, "all to be read", Recovered);
        _ready = true;
        await scene.Settled(account);

        await Scene.Until(
            () => Task.FromResult(host.Cluster.Silos.Take(2).SelectMany(Held).ToList()), held => held.Count == 0,
            "nobody to be held", Recovered);
    }

    [Fact]
    public async Task Submits_OnSilosThatLive_AreNotMadeTwice()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider
            {
                ConcurrencyMax = Jobs, SubmitMax = TimeSpan.FromMinutes(5),
                OnSubmit = async _ =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
                    return new ProviderReply.Delivered([TestPictures.Png]);
                },
                OnFind = _ => Task.FromResult<ProviderReply>(new ProviderReply.CannotTell()),
            },
        });
        await Begin(host);
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == Jobs, "all submits");
        var living = host.Cluster.Silos.Take(2).SelectMany(Held).ToArray();
        await host.Cluster.KillSiloAsync(host.Cluster.Silos[2]);

        // Long before their submits must be over, so what was written late has been told to whoever took them up.
        await Scene.Until(() => All(host, living, job => job.Ended), yes => yes, "the living silos' jobs to end", Recovered);
        Assert.Equal(Jobs, host.Provider.Submitted.Count);
    }

    private static async Task<(Scene Scene, IAccount Account, string[] Ids)> Begin(HostUnderTest host)
    {
        var scene = new Scene(host) { Patience = TimeSpan.FromMinutes(3) };
        var account = await scene.OpenAccount("crowded", credits: Jobs);
        return (scene, account, await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => scene.Run("crowded"))));
    }

    private static async Task<bool> All(HostUnderTest host, string[] ids, Func<JobView, bool> fits)
    {
        var jobs = await Task.WhenAll(ids.Select(id => Read(host, id)));
        return jobs.All(job => job is not null && fits(job));
    }

    /// <summary>Null while its silo is being voted out.</summary>
    private static async Task<JobView?> Read(HostUnderTest host, string id)
    {
        try
        {
            return (await host.Directory.Job(id).Read()).Value;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static HashSet<string> Held(InProcessSiloHandle silo)
    {
        var gate = silo.ServiceProvider.GetRequiredService<Upstreams>().Find(ScriptedProvider.ProviderName, AccountMode.Live)!.Gate;
        var held = gate.GetType().GetField("_held", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return [.. (HashSet<string>)held.GetValue(gate)!];
    }

    private Task<ProviderReply> Poll(string upstreamId) => Task.FromResult<ProviderReply>(
        _ready ? new ProviderReply.Delivered([TestPictures.Png]) : new ProviderReply.Waiting(upstreamId, TimeSpan.FromMilliseconds(200)));
}
