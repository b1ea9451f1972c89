using System.Threading.Channels;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>Hears of one job.</summary>
internal sealed class JobListener(Audience audience, string jobId) : Listener(audience, jobId)
{
    /// <summary>One view: a reader that falls behind finds the newest, and memory stays what it is.</summary>
    private readonly Channel<JobView> _newest = Channel.CreateBounded<JobView>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Lock _lock = new();
    private long _version = -1;

    /// <summary>News may arrive twice or out of order; an older view must not push the last one out.</summary>
    public override void Offer(JobView job)
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
