namespace TryOn.Providers.Wire;

/// <summary>
/// Measures how long an upstream's recent tasks took by its own clock, so that the first poll comes when a result is
/// likely to be ready. Kept in memory only.
/// </summary>
public sealed class MeasuredLatency
{
    private const int SamplesMin = 5;
    private const int SamplesMax = 32;

    private static readonly TimeSpan SampleMax = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _samples = new();

    public void Add(TimeSpan duration)
    {
        // A wrong upstream clock must not delay jobs for long.
        if (duration <= TimeSpan.Zero || duration > SampleMax)
            return;
        lock (_lock)
        {
            _samples.Enqueue(duration);
            if (_samples.Count > SamplesMax)
                _samples.Dequeue();
        }
    }

    /// <summary>Delay from a submit to its first poll: the median duration of recent tasks.</summary>
    /// <param name="otherwise">Returned until enough tasks have been measured.</param>
    public TimeSpan FirstPoll(TimeSpan otherwise)
    {
        lock (_lock)
        {
            return _samples.Count < SamplesMin
                ? otherwise
                : _samples.Order().ElementAt(_samples.Count / 2);
        }
    }
}
