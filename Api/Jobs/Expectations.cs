using System.Collections.Concurrent;
using TryOn.Core.Jobs;
using TryOn.Core.Models;
using TryOn.Engine.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>
/// How far a running job probably is, by what its model took lately. A job keeps the expectation it began with, so that
/// its progress never goes back when the model turns out slower meanwhile.
/// </summary>
public sealed class Expectations(RecentLatencies recent, TimeProvider clock)
{
    /// <summary>A guess never says that it is done.</summary>
    public const double ProgressMax = 0.99;

    /// <summary>Up to here progress is the share of the time; from here on it only comes closer to the end.</summary>
    private const double Knee = 0.8;

    /// <summary>Jobs beyond are guessed by the newest figures, which costs them no more than a bar that may pause.</summary>
    private const int JobsMax = 20_000;

    private readonly ConcurrentDictionary<string, TimeSpan> _pinned = new();

    public double Progress(JobView job)
    {
        if (job.Ended)
        {
            _pinned.TryRemove(job.Id, out _);
            return 1;
        }

        if (job.StartedAt is not { } started || Of(job) is not { } expected)
            return 0;
        var share = Math.Max(0, (clock.GetUtcNow() - started) / expected);
        var progress = share <= Knee ? share : 1 - ((1 - Knee) * Math.Exp((Knee - share) / (1 - Knee)));
        return Math.Round(Math.Min(progress, ProgressMax), 2, MidpointRounding.ToZero);
    }

    /// <summary>Whole seconds, never 0 before the end; null once it has come.</summary>
    public long? Remaining(JobView job)
    {
        if (job.Ended || Of(job) is not { } expected)
            return null;
        var passed = job.StartedAt is { } started ? clock.GetUtcNow() - started : TimeSpan.Zero;
        return Math.Max(1, (long)Math.Ceiling((expected - passed).TotalSeconds));
    }

    /// <summary>Null for a model that is no longer in the catalog.</summary>
    private TimeSpan? Of(JobView job)
    {
        if (_pinned.TryGetValue(job.Id, out var pinned))
            return pinned;
        if (Catalog.Find(job.Model) is not { } model)
            return null;
        var expected = recent.Of(job.Model, job.Mode) ?? model.LatencyExpected;
        // Of a picture that took no time at all, nothing can be divided by.
        expected = expected > TimeSpan.FromMilliseconds(100) ? expected : TimeSpan.FromMilliseconds(100);
        return job.StartedAt is not null && _pinned.Count < JobsMax ? _pinned.GetOrAdd(job.Id, expected) : expected;
    }
}
