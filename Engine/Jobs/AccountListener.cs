using System.Threading.Channels;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>Hears of all jobs of one account: of each the newest view, in the order in which they first had news.</summary>
internal sealed class AccountListener(Audience audience, string accountId) : Listener(audience, accountId)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JobView> _newest = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    private readonly Channel<bool> _some = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override void Offer(JobView job)
    {
        lock (_lock)
        {
            if (_newest.TryGetValue(job.Id, out var known))
            {
                if (job.Version > known.Version)
                    _newest[job.Id] = job;
                return;
            }

            if (_newest.Count >= LocalFeed.JobsBehindMax)
                return;
            _newest.Add(job.Id, job);
            _order.Enqueue(job.Id);
        }

        _some.Writer.TryWrite(true);
    }

    public override async ValueTask<JobView> Next(CancellationToken cancellation)
    {
        while (true)
        {
            if (Take() is { } job)
                return job;
            await _some.Reader.ReadAsync(cancellation);
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
