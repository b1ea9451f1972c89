using Microsoft.Extensions.DependencyInjection;
using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Jobs;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_WhileASubmitIsUnderWay_WaitsForItAndBeginsNoOther()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var answer = new TaskCompletionSource<ProviderReply>();
        host.Provider.OnSubmit = _ => answer.Task;
        var scene = new Scene(host);
        await scene.OpenAccount("draining", credits: 2);
        var submitted = await scene.Run("draining");
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == 1, "the submit");

        var stop = host.Services.GetRequiredService<SubmitDrain>().StopAsync(CancellationToken.None);
        var late = await scene.Run("draining");
        Assert.False(stop.IsCompleted, "the stop did not wait for the submit");
        answer.SetResult(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));
        await stop.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Single(host.Provider.Submitted);
        Assert.Equal(JobStatus.Accepted, (await host.Directory.Job(late).Read()).Value!.Status);
        Assert.Equal(JobStatus.Waiting, (await host.Directory.Job(submitted).Read()).Value!.Status);
    }

    /// <summary>The whole process is ended, and its silo with it, while the upstream has yet to answer.</summary>
    [Fact]
    public async Task Process_EndedWhileASubmitIsUnderWay_KeepsItsAnswer()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var answer = new TaskCompletionSource<ProviderReply>();
        host.Provider.OnSubmit = _ => answer.Task;
        host.Provider.OnFind = _ => throw new InvalidOperationException("Nothing is left to be asked for.");
        var scene = new Scene(host);
        await scene.OpenAccount("draining", credits: 1);
        var id = await scene.Run("draining");
        await Scene.Until(() => Task.FromResult(host.Provider.Submitted.Count), count => count == 1, "the submit");

        var restart = host.RestartGracefully();
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        Assert.False(restart.IsCompleted, "the process did not wait for the submit");
        answer.SetResult(new ProviderReply.Waiting("up", ScriptedProvider.Soon));
        await restart;

        Assert.Equal(JobStatus.Succeeded, (await scene.Ended(id)).Status);
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

        Assert.Equal(JobStatus.Succeeded, (await scene.Ended(id)).Status);
        Assert.Single(host.Provider.Submitted);
    }
}
