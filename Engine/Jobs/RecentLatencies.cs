using System.Collections.Concurrent;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>How long each model has taken lately, as far as this process has heard. Forgotten when it stops.</summary>
public sealed class RecentLatencies
{
    /// <summary>Of one model; the newest push the oldest out.</summary>
    private const int Kept = 32;

    private readonly ConcurrentDictionary<(string Model, AccountMode Mode), Samples> _models = new();

    /// <summary>Counts a job once: its later news, of its money, are not of its picture.</summary>
    public void Hear(JobView job)
    {
        if (job is { Status: JobStatus.Succeeded, StartedAt: { } started, EndedAt: { } ended } && job.Steps?.Version == job.Version)
            _models.GetOrAdd((job.Model, job.Mode), static _ => new Samples()).Add(ended - started);
    }

    /// <summary>The median; null for a model that nothing has been heard of.</summary>
    public TimeSpan? Of(string model, AccountMode mode) => _models.GetValueOrDefault((model, mode))?.Median();

    private sealed class Samples
    {
        private readonly Queue<TimeSpan> _newest = new();

        public void Add(TimeSpan latency)
        {
            lock (_newest)
            {
                if (_newest.Count == Kept)
                    _newest.Dequeue();
                _newest.Enqueue(latency);
            }
        }

        public TimeSpan Median()
        {
            lock (_newest)
                return _newest.Order().ElementAt(_newest.Count / 2);
        }
    }
}
