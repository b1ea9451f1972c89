using System.Threading.Channels;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>Subscription to one job.</summary>
internal sealed class JobSubscription(SubscriptionSet owner, string jobId) : Subscription(owner, jobId)
{
    /// <summary>Holds one view: a slow reader gets the newest, and memory stays bounded.</summary>
    private readonly Channel<JobView> _newest = Channel.CreateBounded<JobView>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Lock _lock = new();
    private long _version = -1;

    /// <summary>Updates may arrive twice or out of order; an older view must not replace a newer one.</summary>
    public override void Receive(JobView job)
    {
        lock (_lock)
        {
            if (job.Version <= _version)
                return;
            _version = job.Version;
            _newest.Writer.TryWrite(job);
        }
    }

    public override ValueTask<JobView> Next(CancellationToken cancellation) => _newest.Reader.ReadAsync(cancellation);
}
