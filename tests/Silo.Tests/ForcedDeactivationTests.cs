using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;
using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Jobs;

namespace TryOn.Silo.Tests;

/// <summary>
/// A silo that stops loses its part of the grain directory, and Orleans then deactivates the grains that were
/// registered there, busy or not. Which grains is chance, so these tests deactivate all of them.
/// </summary>
public sealed class ForcedDeactivationTests
{
    private const int Jobs = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Permits_OfDeactivatedJobs_AreReleased()
    {
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider
            {
                ConcurrencyMax = Jobs,
                OnPoll = id =>
                    Task.FromResult<ProviderReply>(new ProviderReply.Waiting(id, TimeSpan.FromMilliseconds(200))),
            },
        });
        var ids = await Begin(host);
        await Scene.Until(
            () => All(host, ids, job => job.Status == JobStatus.Waiting), yes => yes, "all to wait", Patience);
        Assert.Equal(ids.Order(), Held(host).Distinct().Order());

        await Task.WhenAll(ids.Select(id => Deactivate(host, id).AsTask()));

        // A job that is activated again in the meantime holds its permit once more.
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
    public async Task Submits_OfDeactivatedJobs_AreNotRepeated()
    {
        var answer = new TaskCompletionSource<ProviderReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = (ClusterUnderTest)await ClusterUnderTest.Start(new ClusterUnderTest
        {
            Provider = new ScriptedProvider
            {
                ConcurrencyMax = Jobs, SubmitMax = TimeSpan.FromMinutes(5), OnSubmit = _ => answer.Task,
                OnFind = _ => Task.FromResult<ProviderReply>(new ProviderReply.CannotTell()),
            },
        });
        var ids = await Begin(host);
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == Jobs, "all submits");
        await Task.WhenAll(ids.Select(id => Deactivate(host, id).AsTask()));
        await Scene.Until(
            () => host.Count(typeof(JobGrain)), count => count == 0, "every job to leave memory", Patience);
        // Each job is activated again before its first activation has the answer.
        Assert.True(await All(host, ids, job => job.Status == JobStatus.Submitting));
        answer.SetResult(new ProviderReply.Delivered([OnePixel.Png]));

        // This is long before the submits time out, so the second activations have learnt of the late answers.
        await Scene.Until(() => All(host, ids, job => job.Ended), yes => yes, "all to end", Patience);
        Assert.Equal(Jobs, host.Provider.Submitted.Count);
    }

    private static async Task<string[]> Begin(HostUnderTest host)
    {
        var scene = new Scene(host);
        await scene.OpenAccount("crowded", credits: Jobs);
        return await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => scene.Run("crowded")));
    }

    private static ValueTask Deactivate(ClusterUnderTest host, string id) =>
        host.Cluster.Client.GetGrain<IJobGrain>(id).AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    private static async Task<bool> All(HostUnderTest host, string[] ids, Func<JobView, bool> fits)
    {
        var jobs = await Task.WhenAll(ids.Select(id => host.Directory.Job(id).Read()));
        return jobs.All(job => job.Value is { } view && fits(view));
    }

    private static List<string> Held(ClusterUnderTest host) => [.. host.Cluster.Silos.SelectMany(Held)];

    private static HashSet<string> Held(InProcessSiloHandle silo)
    {
        var gate = silo.ServiceProvider.GetRequiredService<Upstreams>()
            .Find(ScriptedProvider.ProviderName, AccountMode.Live)!.Gate;
        var held = gate.GetType().GetField("_held", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return [.. (HashSet<string>)held.GetValue(gate)!];
    }
}
