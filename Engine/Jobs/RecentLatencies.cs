using System.Collections.Concurrent;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;

namespace TryOn.Engine.Jobs;

/// <summary>Recent latencies of each model as observed by this process. Lost when it stops.</summary>
public sealed class RecentLatencies
{
    /// <summary>Samples kept per model; the newest replace the oldest.</summary>
    private const int SamplesMax = 32;

    private readonly ConcurrentDictionary<(string Model, AccountMode Mode), Samples> _models = new();

    /// <summary>Records a job's latency once: later updates of the job, such as its settlement, are ignored.</summary>
    public void Record(JobView job)
    {
        if (job is { Status: JobStatus.Succeeded, StartedAt: { } started, EndedAt: { } ended }
            && job.Steps?.Version == job.Version)
            _models.GetOrAdd((job.Model, job.Mode), static _ => new Samples()).Add(ended - started);
    }

    /// <summary>The median latency; null if no job of the model was observed.</summary>
    public TimeSpan? Median(string model, AccountMode mode) => _models.GetValueOrDefault((model, mode))?.Median();

    private sealed class Samples
    {
        private readonly Queue<TimeSpan> _newest = new();

        public void Add(TimeSpan latency)
        {
            lock (_newest)
            {
                if (_newest.Count == SamplesMax)
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
