using System.Net.WebSockets;

namespace TryOn.Api.Tests.Progress;

/// <summary>Streams that are open when their key is cut off, of every kind and in every way.</summary>
[Collection(Live.Name)]
public sealed class StreamCutOffTests(LiveGateway gateway)
{
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("revoked")]
    [InlineData("disabled")]
    [InlineData("expired")]
    [InlineData("unscoped")]
    public async Task Streams_OfAKeyCutOff_EndWithinFiveSeconds(string how)
    {
        // Until the end: the first poll may come late, and an undisturbed one would end the job before its streams.
        await gateway.Trouble(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 12_000 });
        try
        {
            await Check(how);
        }
        finally
        {
            await gateway.Calm();
        }
    }

    private async Task Check(string how)
    {
        var account = await gateway.Run.Open(mode: "live");
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        var key = await FurtherKey.Make(gateway.Run, account);
        var token = (await new TestAccount(gateway.Run, account.Id, key.Text).Post($"/api/v1/tryon/{id}/token", content: null))
            .Json.Text("token");
        using var byKey = await Watcher.Connect(gateway.Run, id, "", "tryon.v1", $"tryon-key.{key.Text}");
        using var byToken = await Watcher.Connect(gateway.Run, id, $"?token={token}", "tryon.v1");
        await using var feed = await FeedWatcher.Open(gateway.Run, key.Text);
        await using var kept = await FeedWatcher.Open(gateway.Run, account.Key);
        await feed.Next("snapshot");
        var (openByKey, openByToken) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task[] streams =
        [
            Ends(byKey), Ends(byToken), feed.End(), Ends(Watcher.Events(gateway.Run, key.Text, id), openByKey),
            Ends(Watcher.Events(gateway.Run, key: null, id, query: $"?token={token}"), openByToken),
        ];
        var other = kept.End();
        await Task.WhenAll(openByKey.Task, openByToken.Task).WaitAsync(Patience);
        // Long enough for the key to have been found good, so that a good answer remembered for too long would be noticed.
        await Task.Delay(Looked, TimeProvider.System);
        Assert.DoesNotContain(streams, stream => stream.IsCompleted);
        await key.CutOff(how);
        var since = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(streams);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 0, 5);
        Assert.False(other.IsCompleted);
    }

    private static async Task Ends(ClientWebSocket socket)
    {
        Assert.DoesNotContain(await Watcher.Messages(socket).ToListAsync(), Ended);
        Assert.Equal((WebSocketCloseStatus)4401, socket.CloseStatus);
    }

    private static async Task Ends(IAsyncEnumerable<Heard> events, TaskCompletionSource open)
    {
        await foreach (var one in events)
        {
            Assert.False(Ended(one));
            open.TrySetResult();
        }
    }

    private static bool Ended(Heard one) => one.Type is "result" or "error";
}
