namespace TryOn.Core.Limits;

/// <summary>
/// An exact sliding window: never more than <c>max</c> admissions in any <see cref="Window"/>. Keeps one timestamp per
/// admission, so the limit bounds its memory. Kept in memory only: a crash forgets at most one window. Not thread-safe;
/// the owning activation runs one call at a time. Uses monotonic time, so that changing the clock neither locks an
/// account out nor lets it exceed its limit.
/// </summary>
public sealed class SlidingLog
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Queue<TimeSpan> _admitted = new();
    private TimeSpan _newest;

    /// <summary>Null if admitted; otherwise the time until the next request would be.</summary>
    public TimeSpan? Admit(int max, TimeSpan now)
    {
        while (_admitted.TryPeek(out var oldest) && now - oldest >= Window)
            _admitted.Dequeue();
        if (_admitted.Count >= max)
            return _admitted.ElementAt(_admitted.Count - max) + Window - now;
        _admitted.Enqueue(now);
        _newest = now;
        return null;
    }

    /// <summary>The state of the window right after <see cref="Admit"/> was called with this time.</summary>
    public RateFigures Figures(int max, TimeSpan now) =>
        new(max, Math.Max(0, max - _admitted.Count), _admitted.Count == 0 ? TimeSpan.Zero : _newest + Window - now);
}
