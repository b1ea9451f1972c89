using TryOn.Api.Tests.Dialects;

namespace TryOn.Api.Tests.Progress;

/// <summary>State that a restart must not lose.</summary>
public sealed partial class ProgressTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Events_AfterARestart_GoOnAsIfUncut(int pictures)
    {
        await using var run = await GatewayRun.Start();
        var account = await run.Open();
        var id = Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account,
            $$"""{"num_samples": {{pictures}}}"""));
        await account.WaitUntilEnded(id);
        var uncut = await Watcher.Events(run, account.Key, id, after: 0).Select(one => (one.Seq, one.Type))
            .ToListAsync();
        await account.WaitUntilSettled();
        await run.Stop();
        await using var next = await GatewayRun.Start(folder: run.Root);
        for (var cut = 1; cut < uncut.Count; cut++)
        {
            var rest = await Watcher.Events(next, account.Key, id, uncut[cut - 1].Seq).ToListAsync();
            Assert.Equal(uncut.Skip(cut), rest.Select(one => (one.Seq, one.Type)));
        }
    }
}
