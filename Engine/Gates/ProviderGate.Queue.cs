namespace TryOn.Engine.Gates;

/// <summary>Queue positions. Every watcher of a queued job asks for its position, so positions are cached.</summary>
public sealed partial class ProviderGate
{
    private static readonly TimeSpan PositionsMaxAge = TimeSpan.FromSeconds(1);

    private Dictionary<string, int> _positions = [];
    private long _positionsUpTo;
    private long? _positionsAt;

    /// <summary>
    /// The job's position in the queue, 1 for the next; null if it is not queued. At most a second old and never too
    /// low: no job overtakes another, so a job at position 3 is never at 4 later.
    /// </summary>
    public int? PositionOf(string jobId)
    {
        lock (_lock)
        {
            if (!_state.QueueNumbers.TryGetValue(jobId, out var number))
                return null;
            if (_positionsAt is not { } at || _clock.GetElapsedTime(at) >= PositionsMaxAge)
                RefreshPositions();
            return _positions.TryGetValue(jobId, out var position)
                ? position
                : _positions.Count + (int)(number - _positionsUpTo);
        }
    }

    private void RefreshPositions()
    {
        _positions = _state.Queue.Values.Select((jobId, index) => (jobId, index)).ToDictionary(
            entry => entry.jobId, entry => entry.index + 1, StringComparer.Ordinal);
        (_positionsUpTo, _positionsAt) = (_state.LastNumber, _clock.GetTimestamp());
    }
}
