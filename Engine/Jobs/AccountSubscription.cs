using System.Threading.Channels;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>
/// Subscription to all jobs of one account: the newest view of each, in the order of each job's first unread update.
/// </summary>
internal sealed class AccountSubscription(SubscriptionSet owner, string accountId) : Subscription(owner, accountId)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JobView> _newest = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override void Receive(JobView job)
    {
        lock (_lock)
        {
            if (_newest.TryGetValue(job.Id, out var known))
            {
                if (job.Version > known.Version)
                    _newest[job.Id] = job;
                return;
            }

            if (_newest.Count >= LocalFeed.UnreadJobsMax)
                return;
            _newest.Add(job.Id, job);
            _order.Enqueue(job.Id);
        }

        _signal.Writer.TryWrite(true);
    }

    public override async ValueTask<JobView> Next(CancellationToken cancellation)
    {
        while (true)
        {
            if (Take() is { } job)
                return job;
            await _signal.Reader.ReadAsync(cancellation);
        }
    }

    private JobView? Take()
    {
        lock (_lock)
        {
            if (!_order.TryDequeue(out var jobId))
                return null;
            _newest.Remove(jobId, out var job);
            return job;
        }
    }
}
