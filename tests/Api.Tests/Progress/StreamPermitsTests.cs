using System.Net.WebSockets;

namespace TryOn.Api.Tests.Progress;

/// <summary>The limit on open streams per account.</summary>
public sealed class StreamPermitsTests : IAsyncLifetime
{
    private const int StreamsMax = 3;

    private readonly LiveGateway _gateway = new() { Overrides = { ["TryOn:Limits:StreamsMax"] = $"{StreamsMax}" } };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Stream_BeyondTheAccountsPlaces_IsRefusedBeforeItOpens()
    {
        await _gateway.InjectFault(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 5_000 });
        var (account, other) = (await _gateway.Run.Open(mode: "live"), await _gateway.Run.Open(mode: "live"));
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        using var events = await Watcher.Open(_gateway.Run, account.Key, id);
        using var socket = await Watcher.Connect(_gateway.Run, id, "", "tryon.v1", $"tryon-key.{account.Key}");
        using (var feed = await FeedWatcher.Ask(_gateway.Run, account.Key))
        {
            Assert.Equal([200, 200], [(int)events.StatusCode, (int)feed.StatusCode]);
            Assert.Equal(WebSocketState.Open, socket.State);
            using var refused = await Watcher.Open(_gateway.Run, account.Key, id);
            var reply = await Reply.Read(refused);
            Envelope.Check(reply, 429, "ConcurrencyLimitExceeded", "rate_limit_exceeded");
            Assert.Equal("true", reply.Header("x-should-retry"));
            using var shut = await Watcher.Connect(_gateway.Run, id, "", "tryon.v1", $"tryon-key.{account.Key}");
            Assert.Equal(429, (int)shut.HttpStatusCode);
            using var unharmed = await FeedWatcher.Ask(_gateway.Run, other.Key);
            Assert.Equal(200, (int)unharmed.StatusCode);
        }

        await TestAccount.Until(
            async () =>
            {
                using var again = await FeedWatcher.Ask(_gateway.Run, account.Key);
                return (int)again.StatusCode == 200;
            },
            () => "the place of a stream that was closed is still taken");
    }
}
