using System.Net.WebSockets;

namespace TryOn.Api.Tests.Progress;

/// <summary>The progress of a job over both kinds of stream.</summary>
[Collection(Live.Name)]
public sealed partial class ProgressTests(LiveGateway gateway)
{
    private static readonly string[] Kinds = ["snapshot", "status", "status", "status", "result"];

    [Fact]
    public async Task Events_OfAnEndedJob_AreItsSnapshotAndItsResult()
    {
        var (account, id) = await Job(ended: true);
        var heard = await Watcher.Events(gateway.Run, account.Key, id).ToListAsync();
        Assert.Equal(["snapshot", "result"], heard.Select(one => one.Type));
        Assert.Equal("succeeded", heard[1].Job.Text("status"));
        Assert.Single(heard[1].Job.List("output"));
        Assert.Equal(1, heard[1].Job.GetProperty("progress").GetDouble());
    }

    [Fact]
    public async Task Events_CutAtEveryBoundary_GoOnAsIfUncut()
    {
        var (account, id) = await Job(ended: true);
        var uncut = await Watcher.Events(gateway.Run, account.Key, id, after: 0).ToListAsync();
        Assert.Equal(Kinds, uncut.Select(one => one.Type));
        for (var cut = 1; cut < uncut.Count; cut++)
        {
            var first = await Watcher.Events(gateway.Run, account.Key, id, after: 0).Take(cut).ToListAsync();
            var rest = await Watcher.Events(gateway.Run, account.Key, id, after: first[^1].Seq).ToListAsync();
            Assert.Equal(uncut.Select(one => one.Key), first.Concat(rest).Select(one => one.Key));
        }
    }

    [Fact]
    public async Task Messages_CutAtEveryBoundary_GoOnAsIfUncut()
    {
        var (account, id) = await Job(ended: true);
        var uncut = await Watcher.Events(gateway.Run, account.Key, id, after: 0).ToListAsync();
        for (var cut = 1; cut < uncut.Count; cut++)
        {
            using var one = await Watcher.Connect(gateway.Run, id, "?after_seq=0", Protocols(account.Key));
            var first = await Watcher.Messages(one).Take(cut).ToListAsync();
            one.Abort();
            using var other = await Watcher.Connect(
                gateway.Run, id, $"?after_seq={first[^1].Seq}", Protocols(account.Key));
            var rest = await Watcher.Messages(other).ToListAsync();
            Assert.Equal(uncut.Select(each => each.Key), first.Concat(rest).Select(each => each.Key));
        }
    }

    [Fact]
    public async Task Events_WhoseEndWasSeen_AreNotReconnectedTo()
    {
        var (account, id) = await Job(ended: true);
        var end = (await Watcher.Events(gateway.Run, account.Key, id).ToListAsync())[^1].Seq;
        using var again = await Watcher.Open(gateway.Run, account.Key, id, after: end);
        Assert.Equal(204, (int)again.StatusCode);
    }

    [Fact]
    public async Task Watchers_OfARunningJob_AreToldItsEnd()
    {
        await gateway.InjectFault(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 1_500 });
        var (account, id) = await Job(ended: false);
        using var socket = await Watcher.Connect(gateway.Run, id, "", Protocols(account.Key));
        Assert.Equal("tryon.v1", socket.SubProtocol);
        var messages = Watcher.Messages(socket).ToListAsync();
        var events = await Watcher.Events(gateway.Run, account.Key, id).ToListAsync();
        await gateway.ClearFaults();
        Assert.Equal("snapshot", events[0].Type);
        Assert.Equal(["status", "result"], events.TakeLast(2).Select(one => one.Type));
        Assert.Equal(events[^1].Key, (await messages)[^1].Key);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    private async Task<(TestAccount Account, string Id)> Job(bool ended)
    {
        var account = await gateway.Run.Open(mode: "live");
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        if (ended)
            await account.WaitUntilEnded(id);
        return (account, id);
    }

    private static string[] Protocols(string key) => ["tryon.v1", $"tryon-key.{key}"];
}
