namespace TryOn.Core.Limits;

/// <summary>
/// An exact sliding window: never more than <c>max</c> admissions in any <see cref="Window"/>. It remembers one
/// timestamp an admission, so its memory is bounded by the limit. Lives in memory only: a crash forgives at most one
/// window. Not thread-safe; its owner's turn is the lock. Time is a monotonic reading, so that a clock set back or
/// forward neither locks an account out nor lets it through.
/// </summary>
public sealed class SlidingLog
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Queue<TimeSpan> _admitted = new();
    private TimeSpan _newest;

    /// <summary>Null when admitted; otherwise how long until the next request would be.</summary>
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

    /// <summary>How the window stands right after a request at this time was admitted, or was not.</summary>
    public RateFigures Stand(int max, TimeSpan now) =>
        new(max, Math.Max(0, max - _admitted.Count), _admitted.Count == 0 ? TimeSpan.Zero : _newest + Window - now);
}
