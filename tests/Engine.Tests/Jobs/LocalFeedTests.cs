using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Engine.Jobs;

namespace TryOn.Engine.Tests.Jobs;

public sealed class LocalFeedTests
{
    private readonly LocalFeed _feed = new();

    [Fact]
    public async Task Reader_ThatIsSlow_ReadsOnlyTheNewest()
    {
        using var subscription = _feed.Subscribe("job");
        for (var version = 1; version <= 100; version++)
            _feed.Publish(View("job", version));

        Assert.Equal(100, (await subscription.Next(CancellationToken.None)).Version);
    }

    [Fact]
    public async Task News_OutOfOrder_NeverHidesTheLast()
    {
        using var subscription = _feed.Subscribe("job");
        _feed.Publish(View("job", 7));
        _feed.Publish(View("job", 3));

        Assert.Equal(7, (await subscription.Next(CancellationToken.None)).Version);
    }

    [Fact]
    public async Task Subscriber_UntilDisposed_ReceivesOnlyItsJob()
    {
        var first = _feed.Subscribe("job");
        using var second = _feed.Subscribe("job");
        _feed.Publish(View("other", 1));
        first.Dispose();
        _feed.Publish(View("job", 2));

        Assert.Equal("job", (await second.Next(CancellationToken.None)).Id);
        using var none = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Next(none.Token).AsTask());
    }

    private static JobView View(string id, long version) => new(
        id, "account", AccountMode.Test, "model", JobStatus.Waiting, version, Credits: 1, default, StartedAt: null,
        EndedAt: null, [], Error: null, "f", NeverStarted: false);
}
