using System.Collections.Concurrent;
using TryOn.Core.Jobs;
using TryOn.Core.Models;
using TryOn.Engine.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>
/// Estimates the progress of a running job from its model's recent latencies. A job keeps the expected latency it
/// started with, so that its progress never goes back when the model becomes slower.
/// </summary>
public sealed class ProgressEstimator(RecentLatencies recent, TimeProvider clock)
{
    /// <summary>An estimate never claims that the job is done.</summary>
    public const double ProgressMax = 0.99;

    /// <summary>
    /// Progress is proportional to time up to this value, and from there approaches 1 ever more slowly.
    /// </summary>
    private const double Knee = 0.8;

    /// <summary>
    /// Beyond this many jobs, the newest latencies are used instead; progress may then pause at times.
    /// </summary>
    private const int JobsMax = 20_000;

    private readonly ConcurrentDictionary<string, TimeSpan> _pinned = new();

    public double Progress(JobView job)
    {
        if (job.Ended)
        {
            _pinned.TryRemove(job.Id, out _);
            return 1;
        }

        if (job.StartedAt is not { } started || ExpectedLatency(job) is not { } expected)
            return 0;
        var share = Math.Max(0, (clock.GetUtcNow() - started) / expected);
        var progress = share <= Knee ? share : 1 - ((1 - Knee) * Math.Exp((Knee - share) / (1 - Knee)));
        return Math.Round(Math.Min(progress, ProgressMax), 2, MidpointRounding.ToZero);
    }

    /// <summary>Whole seconds, at least 1 until the job has ended; null once it has.</summary>
    public long? Remaining(JobView job)
    {
        if (job.Ended || ExpectedLatency(job) is not { } expected)
            return null;
        var passed = job.StartedAt is { } started ? clock.GetUtcNow() - started : TimeSpan.Zero;
        return Math.Max(1, (long)Math.Ceiling((expected - passed).TotalSeconds));
    }

    /// <summary>Null for a model that is no longer in the catalog.</summary>
    private TimeSpan? ExpectedLatency(JobView job)
    {
        if (_pinned.TryGetValue(job.Id, out var pinned))
            return pinned;
        if (Catalog.Find(job.Model) is not { } model)
            return null;
        var expected = recent.Median(job.Model, job.Mode) ?? model.LatencyExpected;
        // The expected latency is a divisor, so it must not be zero.
        expected = expected > TimeSpan.FromMilliseconds(100) ? expected : TimeSpan.FromMilliseconds(100);
        return job.StartedAt is not null && _pinned.Count < JobsMax ? _pinned.GetOrAdd(job.Id, expected) : expected;
    }
}
