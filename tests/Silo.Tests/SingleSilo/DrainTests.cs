using Microsoft.Extensions.DependencyInjection;
using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Jobs;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class DrainTests
{
    /// <summary>Longer than a drain waits between two checks.</summary>
    private static readonly TimeSpan DrainStep = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Stop_WhileASubmitIsUnderWay_WaitsForItAndBeginsNoOther()
    {
        var clock = new AwaitedClock();
        var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(new SingleSiloUnderTest
        {
            Changes = services => services.AddSingleton(new SubmitDrain(clock)),
        });
        try
        {
            await CheckDrain(host, clock);
        }
        finally
        {
            await AdvanceUntil(host.DisposeAsync().AsTask(), clock);
        }
    }

    /// <summary>The whole process, silo included, is stopped while the upstream has not answered yet.</summary>
    [Fact]
    public async Task Process_EndedWhileASubmitIsUnderWay_KeepsItsAnswer()
    {
        var clock = new AwaitedClock();
        TimeProvider drainClock = clock;
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(new SingleSiloUnderTest
        {
            Changes = services => services.AddSingleton(new SubmitDrain(drainClock)),
        });
        drainClock = TimeProvider.System;
        var answer = new TaskCompletionSource<ProviderReply>();
        host.Provider.OnSubmit = _ => answer.Task;
        host.Provider.OnFind = _ => throw new InvalidOperationException("Nothing is left to be asked for.");
        var scene = new Scene(host);
        await scene.OpenAccount("draining", credits: 1);
        var id = await scene.Run("draining");
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == 1, "the submit");

        var restart = host.RestartGracefully();
        await clock.Armed;
        var waitsOn = clock.AdvanceToNextTimer(DrainStep);
        Assert.True(await Task.WhenAny(restart, waitsOn) == waitsOn, "the process did not wait for the submit");
        answer.SetResult(new ProviderReply.Waiting("up", ScriptedProvider.Soon));
        await WaitUntilAnswered(host, id);
        await AdvanceUntil(restart, clock);

        Assert.Equal(JobStatus.Succeeded, (await scene.WaitUntilEnded(id)).Status);
        Assert.Single(host.Provider.Submitted);
    }

    [Fact]
    public async Task Job_HeldBackByAStop_RunsAfterTheRestart()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        await scene.OpenAccount("held", credits: 1);
        await host.Services.GetRequiredService<SubmitDrain>().StopAsync(CancellationToken.None);
        var id = await scene.Run("held");

        await host.Restart();

        Assert.Equal(JobStatus.Succeeded, (await scene.WaitUntilEnded(id)).Status);
        Assert.Single(host.Provider.Submitted);
    }

    private static async Task CheckDrain(SingleSiloUnderTest host, AwaitedClock clock)
    {
        var answer = new TaskCompletionSource<ProviderReply>();
        host.Provider.OnSubmit = _ => answer.Task;
        var scene = new Scene(host);
        await scene.OpenAccount("draining", credits: 2);
        var submitted = await scene.Run("draining");
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == 1, "the submit");

        var stop = host.Services.GetRequiredService<SubmitDrain>().StopAsync(CancellationToken.None);
        var late = await scene.Run("draining");
        var waitsOn = clock.AdvanceToNextTimer(DrainStep);
        Assert.True(await Task.WhenAny(stop, waitsOn) == waitsOn, "the stop did not wait for the submit");
        answer.SetResult(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));
        await WaitUntilAnswered(host, submitted);
        await AdvanceUntil(stop, clock);

        Assert.Single(host.Provider.Submitted);
        Assert.Equal(JobStatus.Accepted, (await host.Directory.Job(late).Read()).Value!.Status);
        Assert.Equal(JobStatus.Waiting, (await host.Directory.Job(submitted).Read()).Value!.Status);
    }

    private static Task WaitUntilAnswered(SingleSiloUnderTest host, string id) => Scene.Until(
        async () => (await host.Directory.Job(id).Read()).Value!.Status, status => status != JobStatus.Submitting,
        "the answer to be written");

    private static async Task AdvanceUntil(Task done, AwaitedClock clock)
    {
        while (!done.IsCompleted)
            await Task.WhenAny(done, clock.AdvanceToNextTimer(DrainStep));
        await done;
    }
}
