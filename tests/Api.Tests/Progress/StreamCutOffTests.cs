using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TryOn.Api.Progress;

namespace TryOn.Api.Tests.Progress;

/// <summary>Streams that are open when their key is cut off, of every kind and in every way.</summary>
public sealed class StreamCutOffTests(StreamCutOffTests.Fixture fixture) : IClassFixture<StreamCutOffTests.Fixture>
{
    /// <summary>How long a stream may outlive its key.</summary>
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly LiveGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("revoked")]
    [InlineData("disabled")]
    [InlineData("expired")]
    [InlineData("unscoped")]
    public async Task Streams_OfAKeyCutOff_EndWithinFiveSeconds(string how)
    {
        // The fault lasts for the whole test, since a single undisturbed poll would end the job before its streams.
        await _gateway.InjectFault(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 12_000 });
        try
        {
            await Check(how);
        }
        finally
        {
            await _gateway.ClearFaults();
        }
    }

    private async Task Check(string how)
    {
        var run = _gateway.Run;
        var account = await run.Open(mode: "live");
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        var key = await FurtherKey.Make(run, account);
        var token = (await new TestAccount(run, account.Id, key.Text).Post($"/api/v1/tryon/{id}/token", content: null))
            .Json.Text("token");
        using var socketByKey = await Watcher.Connect(run, id, "", "tryon.v1", $"tryon-key.{key.Text}");
        using var socketByToken = await Watcher.Connect(run, id, $"?token={token}", "tryon.v1");
        await using var feed = await FeedWatcher.Open(run, key.Text);
        await using var otherKeysFeed = await FeedWatcher.Open(run, account.Key);
        var opened = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        List<Task> streams =
        [
            Ends(socketByKey, opened[0]), Ends(socketByToken, opened[1]),
            Ends(Watcher.Events(run, key.Text, id), opened[2]),
            Ends(Watcher.Events(run, key: null, id, query: $"?token={token}"), opened[3]),
        ];
        await Task.WhenAll(opened.Select(stream => stream.Task)).WaitAsync(Patience);
        await feed.Next("snapshot");
        await otherKeysFeed.Next("snapshot");

        // The key is found valid once, so that a valid answer cached for too long would be noticed.
        fixture.Clock.Advance(ProgressReader.Tick);
        await feed.Until(() => feed.Pings > 0);
        Assert.DoesNotContain(streams, stream => stream.IsCompleted);
        streams.Add(feed.End());
        await key.CutOff(how);
        fixture.Clock.Advance(EndMax);

        await Task.WhenAll(streams).WaitAsync(Patience);
        var pings = otherKeysFeed.Pings;
        fixture.Clock.Advance(ProgressReader.Tick);
        await otherKeysFeed.Until(() => otherKeysFeed.Pings > pings);
    }

    private static async Task Ends(ClientWebSocket socket, TaskCompletionSource opened)
    {
        await Ends(Watcher.Messages(socket), opened);
        Assert.Equal((WebSocketCloseStatus)4401, socket.CloseStatus);
    }

    private static async Task Ends(IAsyncEnumerable<Heard> messages, TaskCompletionSource opened)
    {
        await foreach (var one in messages)
        {
            Assert.False(one.Type is "result" or "error", "the job ended before its streams were cut off");
            opened.TrySetResult();
        }
    }

    /// <summary>A gateway whose streams use a clock that only a test moves.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public Fixture() => Gateway = new LiveGateway
        {
            // Shorter than a tick, so that a feed writes a ping at every tick.
            Overrides = { ["TryOn:Limits:Heartbeat"] = "00:00:00.001" },
            Services = services => services
                .AddSingleton(provider => ActivatorUtilities.CreateInstance<KeyCheck>(provider, Clock))
                .AddSingleton(provider => ActivatorUtilities.CreateInstance<ProgressReader>(provider, Clock))
                .AddSingleton(provider => ActivatorUtilities.CreateInstance<AccountFeed>(provider, Clock)),
        };

        public FakeTimeProvider Clock { get; } = new();

        public LiveGateway Gateway { get; }

        public Task InitializeAsync() => Gateway.InitializeAsync();

        public Task DisposeAsync() => Gateway.DisposeAsync();
    }
}
