using System.Text.Json;
using TryOn.Api.Tests.Dialects;

namespace TryOn.Api.Tests.Progress;

/// <summary>A request for several pictures has the same outcome whether it is watched or polled.</summary>
[Collection(Live.Name)]
public sealed class GroupProgressTests(LiveGateway gateway) : IAsyncLifetime
{
    private static readonly Dialect Surface = Dialect.Named(Dialect.TryItOn);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task Streams_OfTwoPictures_EndAsPollingDoes(int refused, int pictures)
    {
        if (refused > 0)
            await gateway.InjectFault(
                new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy",
                    times = refused });
        var (account, id) = await Begin();
        using var socket = await Connect(account, id, "");
        var watched = Watcher.Messages(socket).ToListAsync();
        var events = await Watcher.Events(gateway.Run, account.Key, id).ToListAsync();
        var polled = (await account.Get($"/api/v1/tryon/{id}")).Json;

        Assert.Equal((pictures, pictures), (polled.List("output").Count, polled.Number("credits")));
        Assert.Equal(pictures > 0 ? "result" : "error", events[^1].Type);
        Assert.True(JsonElement.DeepEquals(polled, events[^1].Job), $"{polled}\n{events[^1].Job}");
        Assert.True(JsonElement.DeepEquals(polled, (await watched)[^1].Job));
        Assert.Equal(pictures > 0 ? "completed" : "failed", (await Surface.Ended(account, id)).Text("status"));
        Assert.Equal(pictures, (await account.Figures()).Number("captured"));
    }

    [Fact]
    public async Task Streams_OfTwoPictures_CutAtEveryBoundaryGoOnAsIfUncut()
    {
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var (account, id) = await Begin();
        var live = await Watcher.Events(gateway.Run, account.Key, id, after: 0).Select(one => one.Key).ToListAsync();
        await account.WaitUntilSettled();
        var uncut = await Watcher.Events(gateway.Run, account.Key, id, after: 0).ToListAsync();
        Assert.Equal(live, uncut.Select(one => one.Key));
        Assert.Equal(["snapshot", "status", "result"], uncut.Select(one => one.Type));
        for (var cut = 1; cut < uncut.Count; cut++)
        {
            var rest = uncut.Skip(cut).Select(one => one.Key).ToList();
            Assert.Equal(
                rest, await Watcher.Events(gateway.Run, account.Key, id, uncut[cut - 1].Seq).Select(one => one.Key)
                    .ToListAsync());
            using var socket = await Connect(account, id, $"?after_seq={uncut[cut - 1].Seq}");
            Assert.Equal(rest, await Watcher.Messages(socket).Select(one => one.Key).ToListAsync());
        }

        using var again = await Watcher.Open(gateway.Run, account.Key, id, after: uncut[^1].Seq);
        Assert.Equal(204, (int)again.StatusCode);
    }

    [Fact]
    public async Task Stream_WhileOneOfTwoRuns_IsNotOver()
    {
        await gateway.InjectFault(
            new { provider = "kling", operation = "poll", action = "delay", delay_ms = 1_500, times = 1 });
        var (account, id) = await Begin();
        var heard = await Watcher.Events(gateway.Run, account.Key, id).ToListAsync();
        Assert.Equal(2, heard[^1].Job.List("output").Count);
    }

    private async Task<(TestAccount Account, string Id)> Begin()
    {
        var account = await gateway.Run.Open(mode: "live");
        return (account, Dialect.IdOf(await Surface.Begin(account, """{"num_samples": 2}""")));
    }

    private Task<System.Net.WebSockets.ClientWebSocket> Connect(TestAccount account, string id, string query) =>
        Watcher.Connect(gateway.Run, id, query, "tryon.v1", $"tryon-key.{account.Key}");
}
