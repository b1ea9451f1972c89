namespace TryOn.Engine.Gates;

/// <summary>Where a job stands in the line. Asked by everyone who watches one, so the line is not counted each time.</summary>
public sealed partial class ProviderGate
{
    private static readonly TimeSpan CountAfter = TimeSpan.FromSeconds(1);

    private Dictionary<string, int> _positions = [];
    private long _lastCounted;
    private long? _countedAt;

    /// <summary>
    /// 1 is next; null for a job that is not in line. As of a second ago at most, and never too low: nobody gets in before
    /// those who are there, so a job that is told 3 is not told 4 later.
    /// </summary>
    public int? PositionOf(string jobId)
    {
        lock (_lock)
        {
            if (!_state.Numbers.TryGetValue(jobId, out var number))
                return null;
            if (_countedAt is not { } at || _clock.GetElapsedTime(at) >= CountAfter)
                Count();
            return _positions.TryGetValue(jobId, out var position) ? position : _positions.Count + (int)(number - _lastCounted);
        }
    }

    private void Count()
    {
        _positions = _state.Line.Values.Select((jobId, index) => (jobId, index)).ToDictionary(
            place => place.jobId, place => place.index + 1, StringComparer.Ordinal);
        (_lastCounted, _countedAt) = (_state.LastNumber, _clock.GetTimestamp());
    }
}
