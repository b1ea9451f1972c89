using System.Collections.Concurrent;
using System.Threading.Channels;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>Job news within one process.</summary>
public sealed class LocalFeed(RecentLatencies? latencies = null) : IJobFeed
{
    private readonly ConcurrentDictionary<string, Subscription[]> _subscribers = new();

    public void Publish(JobView job)
    {
        latencies?.Hear(job);
        foreach (var subscriber in _subscribers.GetValueOrDefault(job.Id) ?? [])
            subscriber.Offer(job);
    }

    public IJobSubscription Subscribe(string jobId)
    {
        var subscription = new Subscription(this, jobId);
        _subscribers.AddOrUpdate(jobId, [subscription], (_, others) => [.. others, subscription]);
        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        while (_subscribers.TryGetValue(subscription.JobId, out var all))
        {
            Subscription[] rest = [.. all.Where(other => other != subscription)];
            if (rest.Length > 0
                ? _subscribers.TryUpdate(subscription.JobId, rest, all)
                : _subscribers.TryRemove(new KeyValuePair<string, Subscription[]>(subscription.JobId, all)))
            {
                return;
            }
        }
    }

    private sealed class Subscription(LocalFeed feed, string jobId) : IJobSubscription
    {
        /// <summary>One view: a reader that falls behind finds the newest, and memory stays what it is.</summary>
        private readonly Channel<JobView> _newest = Channel.CreateBounded<JobView>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        private readonly Lock _lock = new();
        private long _version = -1;

        public string JobId => jobId;

        /// <summary>News may arrive twice or out of order; an older view must not push the last one out.</summary>
        public void Offer(JobView job)
        {
            lock (_lock)
            {
                if (job.Version <= _version)
                    return;
                _version = job.Version;
                _newest.Writer.TryWrite(job);
            }
        }

        public ValueTask<JobView> Next(CancellationToken cancellation) => _newest.Reader.ReadAsync(cancellation);

        public void Dispose() => feed.Remove(this);
    }
}
