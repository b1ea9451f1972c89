using TryOn.Behaviour;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Embedded.Tests;

public sealed class MemoryTests
{
    [Fact]
    public async Task Grains_WithNothingToDo_LeaveMemory()
    {
        await using var host = (EmbeddedUnderTest)await EmbeddedUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("transient", credits: 5);
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.Run("transient")));
        foreach (var id in ids)
            await scene.Ended(id);
        await scene.Settled(account);

        await Scene.Until(
            async () =>
            {
                await host.Embedded.CollectIdle(TimeSpan.Zero);
                return host.Embedded.Count;
            },
            count => count == 0, "memory to empty");

        Assert.Equal(5, (await host.Directory.Account("transient").Read()).Value!.Captured);
    }

    [Fact]
    public async Task Keys_OfAccountsThatDoNotExist_TakeUpNoMemory()
    {
        await using var host = (EmbeddedUnderTest)await EmbeddedUnderTest.Start();

        var refused = await host.Directory.Account("stranger").Authenticate(
            new string('a', 64), RouteClass.Status, KeyScopes.None);

        Assert.Equal(ErrorCode.Authentication, refused.Error!.Code);
        Assert.Equal(0, host.Embedded.Count);
    }

    [Fact]
    public async Task Job_ThatWaits_StaysInMemory()
    {
        await using var host = (EmbeddedUnderTest)await EmbeddedUnderTest.Start();
        var waiting = new Core.Providers.ProviderReply.Waiting("up", TimeSpan.FromMinutes(1));
        host.Provider.OnSubmit = _ => Task.FromResult<Core.Providers.ProviderReply>(waiting);
        var scene = new Scene(host);
        await scene.OpenAccount("busy", credits: 5);
        var id = await scene.Run("busy");
        await Scene.Until(
            async () => (await host.Directory.Job(id).Read()).Value!.Status, s => s == Core.Jobs.JobStatus.Waiting, "waiting");

        await host.Embedded.CollectIdle(TimeSpan.Zero);

        Assert.Equal(2, host.Embedded.Count);
    }
}
