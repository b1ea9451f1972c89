using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Embedded.Tests.Webhooks;

namespace TryOn.Embedded.Tests;

public sealed class ClockTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public async Task Job_WhoseClockIsSetBack_IsPolledInTime()
    {
        var host = await EmbeddedUnderTest.Start(_clock, _ => { });
        host.Provider.OnSubmit = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromSeconds(2)));
        host.Provider.OnPoll = _ => Task.FromResult<ProviderReply>(new ProviderReply.Delivered([TestPictures.Png]));
        var scene = new Scene(host);
        await scene.OpenAccount("a", credits: 1);
        var id = await scene.Run("a");
        await Until(host, id, JobStatus.Waiting);

        _clock.Ahead = TimeSpan.FromMinutes(-10);
        _clock.Pass(TimeSpan.FromSeconds(3));

        await Until(host, id, JobStatus.Succeeded);
        var stopped = host.DisposeAsync().AsTask();
        await Scene.Until(
            () =>
            {
                _clock.Pass(TimeSpan.FromMilliseconds(5));
                return Task.FromResult(stopped.IsCompleted);
            },
            done => done, "the host to stop");
    }

    private static Task Until(HostUnderTest host, string id, JobStatus wanted) => Scene.Until(
        async () => (await host.Directory.Job(id).Read()).Value!.Status, status => status == wanted, $"{id} to be {wanted}");
}
