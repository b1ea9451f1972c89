using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// Subscriptions to all jobs that one watcher follows. Only the newest state of each is kept, however slowly it is
/// read.
/// </summary>
internal sealed class JobSetSubscription(IJobFeed feed, CancellationToken cancellation) : IDisposable
{
    private readonly List<IJobSubscription> _subscriptions = [];
    private readonly List<Task<JobView>> _next = [];

    public IReadOnlyList<Task> Next => _next;

    public void Subscribe(string jobId)
    {
        _subscriptions.Add(feed.Subscribe(jobId));
        _next.Add(_subscriptions[^1].Next(cancellation).AsTask());
    }

    /// <summary>Merges the states that have arrived into the known ones.</summary>
    public async Task<JobSet> Merge(JobSet known)
    {
        for (var index = 0; index < _next.Count; index++)
        {
            if (!_next[index].IsCompleted)
                continue;
            known = known.With(await _next[index]);
            _next[index] = _subscriptions[index].Next(cancellation).AsTask();
        }

        return known;
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
