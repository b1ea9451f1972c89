using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>News of all jobs that one watcher follows; of each only the newest, however slowly it is taken.</summary>
internal sealed class SetNews(IJobFeed feed, CancellationToken over) : IDisposable
{
    private readonly List<IJobSubscription> _subscriptions = [];
    private readonly List<Task<JobView>> _next = [];

    public IReadOnlyList<Task> Next => _next;

    public void Follow(string jobId)
    {
        _subscriptions.Add(feed.Subscribe(jobId));
        _next.Add(_subscriptions[^1].Next(over).AsTask());
    }

    /// <summary>What is known, with whatever has come.</summary>
    public async Task<JobSet> Take(JobSet known)
    {
        for (var place = 0; place < _next.Count; place++)
        {
            if (!_next[place].IsCompleted)
                continue;
            known = known.With(await _next[place]);
            _next[place] = _subscriptions[place].Next(over).AsTask();
        }

        return known;
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
