using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class ClockTests
{
    [Fact]
    public async Task Job_WhoseClockIsSetBack_IsPolledInTime()
    {
        var clock = new SettableClock();
        clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start(
            new SingleSiloUnderTest { Clock = clock });
        host.Provider.OnSubmit = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromSeconds(2)));
        var scene = new Scene(host);
        await scene.OpenAccount("a", credits: 1);
        var id = await scene.Run("a");
        await Scene.Until(() => Status(host, id), status => status == JobStatus.Waiting, "the job to wait");

        clock.Offset = TimeSpan.FromMinutes(-10);
        clock.Advance(TimeSpan.FromSeconds(3));

        await Scene.Until(() => Status(host, id), status => status == JobStatus.Succeeded, "the job to succeed");
    }

    private static async Task<JobStatus> Status(SingleSiloUnderTest host, string id) =>
        (await host.Directory.Job(id).Read()).Value!.Status;
}
