using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>
/// The subscriptions by key. Adding and removing take constant time: thousands of watchers may follow one job, and all
/// of them leave when it ends.
/// </summary>
internal sealed class SubscriptionSet
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Subscription>> _subscriptions = new(StringComparer.Ordinal);

    public void Add(string key, Subscription subscription)
    {
        lock (_lock)
        {
            if (!_subscriptions.TryGetValue(key, out var all))
                _subscriptions.Add(key, all = []);
            all.Add(subscription);
        }
    }

    public void Remove(string key, Subscription subscription)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(key, out var all) && all.Remove(subscription) && all.Count == 0)
                _subscriptions.Remove(key);
        }
    }

    public void Publish(string key, JobView job)
    {
        lock (_lock)
        {
            foreach (var subscription in _subscriptions.GetValueOrDefault(key) ?? [])
                subscription.Receive(job);
        }
    }
}

internal abstract class Subscription(SubscriptionSet owner, string key) : IJobSubscription
{
    /// <summary>Called during the job's own work, so it only stores the view for the reader.</summary>
    public abstract void Receive(JobView job);

    public abstract ValueTask<JobView> Next(CancellationToken cancellation);

    public void Dispose() => owner.Remove(key, this);
}
