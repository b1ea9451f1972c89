using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Engine.Jobs;

namespace TryOn.Engine.Tests.Jobs;

public sealed class AccountSubscriptionTests
{
    private readonly LocalFeed _feed = new();

    [Fact]
    public async Task Reader_ThatIsSlow_ReadsTheNewestOfEachJob()
    {
        using var subscription = _feed.SubscribeAccount("account");
        for (var version = 1; version <= 100; version++)
        {
            _feed.Publish(View("one", version));
            _feed.Publish(View("two", version));
        }

        _feed.Publish(View("one", 3));
        Assert.Equal(["one 100", "two 100"], await Take(subscription, 2));
        Assert.False(Waits(subscription).IsCompleted);
    }

    [Fact]
    public async Task Reader_OfOneAccount_ReceivesNothingOfOthers()
    {
        using var subscription = _feed.SubscribeAccount("account");
        _feed.Publish(View("foreign", 1) with { AccountId = "other" });
        _feed.Publish(View("own", 1));
        Assert.Equal(["own 1"], await Take(subscription, 1));
    }

    [Fact]
    public async Task Reader_ThatWaits_IsWoken()
    {
        using var subscription = _feed.SubscribeAccount("account");
        for (var version = 1; version <= 3; version++)
        {
            var next = Waits(subscription);
            _feed.Publish(View("job", version));
            Assert.Equal(version, (await next).Version);
        }
    }

    [Fact]
    public async Task Reader_FarBehind_KeepsALimitedNumberOfJobs()
    {
        using var subscription = _feed.SubscribeAccount("account");
        for (var job = 0; job < 3 * LocalFeed.UnreadJobsMax; job++)
            _feed.Publish(View($"job {job}", 1));
        Assert.Equal(LocalFeed.UnreadJobsMax, (await Take(subscription, LocalFeed.UnreadJobsMax)).Count);
        Assert.False(Waits(subscription).IsCompleted);
    }

    private static Task<JobView> Waits(IJobSubscription subscription) =>
        subscription.Next(CancellationToken.None).AsTask();

    private static async Task<List<string>> Take(IJobSubscription subscription, int count)
    {
        var taken = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var job = await Waits(subscription).WaitAsync(TimeSpan.FromSeconds(10));
            taken.Add($"{job.Id} {job.Version}");
        }

        return taken;
    }

    private static JobView View(string id, long version) => new(
        id, "account", AccountMode.Test, "model", JobStatus.Waiting, version, Credits: 1, default, StartedAt: null,
        EndedAt: null, [], Error: null, "f", NeverStarted: false);
}
