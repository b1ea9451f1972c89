using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using TryOn.Behaviour;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Jobs;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class RecoveryTests
{
    /// <summary>Half the period of the reminders: a job that is resumed sooner was resumed by the recovery.</summary>
    private static readonly TimeSpan ResumedWithin = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> _polled = new();

    [Fact]
    public async Task Record_ThatIsUnreadable_StopsNoOtherGrain()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        host.Provider.OnPoll = _ => Waiting();
        var scene = new Scene(host);
        await scene.OpenAccount("whole", credits: 2);
        await scene.OpenAccount("broken", credits: 2);
        var (whole, broken) = (await scene.Run("whole"), await scene.Run("broken"));
        await host.Services.GetRequiredService<SqliteDatabase>().Write(statements => statements.Execute(
            "UPDATE grain_states SET payload = $payload WHERE grain IN ('job/' || $job, 'account/broken')",
            ("$payload", "{\"status\":"u8.ToArray()), ("$job", broken)));

        await host.Restart();
        host.Provider.OnPoll = _ => Delivered();

        Assert.Equal(JobStatus.Succeeded, (await scene.WaitUntilEnded(whole)).Status);
        await Scene.Until(
            () => Task.FromResult(host.Logs.Text),
            text => text.Contains("account/broken could not be resumed", StringComparison.Ordinal), "the log");
    }

    [Fact]
    public async Task WaitingJob_AfterARestart_IsResumedAtOnce()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        host.Provider.OnPoll = _ => Waiting();
        var scene = new Scene(host);
        await scene.OpenAccount("patient", credits: 1);
        var id = await scene.Run("patient");
        await Scene.Until(() => Status(host, id), status => status == JobStatus.Waiting, "the job to wait");
        await host.Restart();

        var polled = new TaskCompletionSource();
        host.Provider.OnPoll = _ =>
        {
            polled.TrySetResult();
            return Delivered();
        };

        // The test does not read the job, which would resume it too.
        await polled.Task.WaitAsync(ResumedWithin);
    }

    [Fact]
    public async Task AcceptedJob_AfterARestart_IsResumedAtOnce()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        await scene.OpenAccount("accepted", credits: 1);
        await host.Services.GetRequiredService<SubmitDrain>().StopAsync(CancellationToken.None);
        await scene.Run("accepted");
        Assert.Empty(host.Provider.Submitted);
        await host.Restart();

        await Scene.Until(
            () => Task.FromResult(host.Provider.Submitted.Count), count => count == 1, "the submit", ResumedWithin);
    }

    /// <summary>
    /// Queued jobs are resumed as well. They must not take the permits of the jobs that were already submitted.
    /// </summary>
    [Fact]
    public async Task QueuedJobs_AfterARestart_WaitForSubmittedOnes()
    {
        const int places = 20, jobs = 200;
        var provider = new ScriptedProvider { ConcurrencyMax = places, OnPoll = Polled };
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(
            new SingleSiloUnderTest { Provider = provider });
        var scene = new Scene(host);
        await scene.OpenAccount("crowded", credits: jobs);
        for (var job = 0; job < jobs; job++)
            await scene.Run("crowded");
        await Scene.Until(() => Task.FromResult(_polled.Count), count => count == places, "every place to be taken");
        await host.Restart();
        _polled.Clear();

        await Scene.Until(
            () => Task.FromResult(_polled.Count), count => count >= places, "those who were in to be resumed");
        Assert.Equal(places, provider.Submitted.Count);

        provider.OnPoll = _ => Delivered();
        await Scene.Until(
            () => Task.FromResult(provider.Submitted.Count), count => count > places, "the line to move on");
    }

    /// <summary>The reservation of the job is settled, so its account no longer activates the job.</summary>
    [Fact]
    public async Task Webhook_OwedAtARestart_IsSentAtOnce()
    {
        var poster = new ScriptedPoster { Answer = new PostResult(500, null) };
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(new SingleSiloUnderTest
        {
            Changes = services => services.AddSingleton<IPoster>(poster),
        });
        var scene = new Scene(host);
        var account = await scene.OpenAccount("owing", credits: 1);
        await scene.Run("owing", change: spec => spec with
        {
            Webhook = new JobWebhook("https://shop.example/hook", "https://here.example"),
        });
        await scene.WaitUntilSettled(account);
        await Scene.Until(() => Task.FromResult(poster.Posts), posts => posts > 0, "the first try");
        await host.Restart();
        var before = poster.Posts;
        poster.Answer = new PostResult(200, null);

        await Scene.Until(() => Task.FromResult(poster.Posts), posts => posts > before, "the next try", ResumedWithin);
    }

    private Task<ProviderReply> Polled(string id)
    {
        _polled[id] = true;
        return Waiting();
    }

    private static Task<ProviderReply> Waiting() =>
        Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", ScriptedProvider.Soon));

    private static Task<ProviderReply> Delivered() =>
        Task.FromResult<ProviderReply>(new ProviderReply.Delivered([OnePixel.Png]));

    private static async Task<JobStatus> Status(SingleSiloUnderTest host, string id) =>
        (await host.Directory.Job(id).Read()).Value!.Status;
}
