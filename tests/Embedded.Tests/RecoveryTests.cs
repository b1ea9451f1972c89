using Microsoft.Extensions.DependencyInjection;
using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Embedded.Storage;

namespace TryOn.Embedded.Tests;

public sealed class RecoveryTests
{
    [Fact]
    public async Task UnreadableRecord_StopsNobodyElse()
    {
        await using var host = (EmbeddedUnderTest)await EmbeddedUnderTest.Start();
        host.Provider.OnPoll = _ => Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", ScriptedProvider.Soon));
        var scene = new Scene(host);
        await scene.OpenAccount("whole", credits: 2);
        var id = await scene.Run("whole");
        await host.Services.GetRequiredService<SqliteStore>().Write(
            new GrainKey(GrainKind.Job, "job_broken"), version: 0, unfinished: true, "{\"status\":"u8.ToArray());

        await host.Restart();
        host.Provider.OnPoll = _ => Task.FromResult<ProviderReply>(new ProviderReply.Delivered([TestPictures.Png]));

        Assert.Equal(JobStatus.Succeeded, (await scene.Ended(id)).Status);
    }
}
