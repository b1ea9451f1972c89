namespace TryOn.Providers.Wire;

/// <summary>
/// How long an upstream's recent tasks took by its own clock, so that the first poll comes when there is something to be
/// had. Kept in memory: a restart learns anew.
/// </summary>
public sealed class LearntLatency
{
    private const int SamplesMin = 5;
    private const int SamplesMax = 32;

    private static readonly TimeSpan SampleMax = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _samples = new();

    public void Learn(TimeSpan took)
    {
        // An upstream's clock may be wrong, but must not park jobs.
        if (took <= TimeSpan.Zero || took > SampleMax)
            return;
        lock (_lock)
        {
            _samples.Enqueue(took);
            if (_samples.Count > SamplesMax)
                _samples.Dequeue();
        }
    }

    /// <summary>From a submit to the poll that half of the tasks would answer with a picture.</summary>
    /// <param name="unlearnt">Used until enough tasks have been seen.</param>
    public TimeSpan FirstPoll(TimeSpan unlearnt)
    {
        lock (_lock)
        {
            return _samples.Count < SamplesMin
                ? unlearnt
                : _samples.Order().ElementAt(_samples.Count / 2);
        }
    }
}
