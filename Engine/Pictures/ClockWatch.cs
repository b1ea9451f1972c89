namespace TryOn.Engine.Pictures;

/// <summary>
/// Tells when the clock has gone forward by far more than the time that passed. It may have been set right or wrong, and
/// nobody can say which; so it is doubted until it is back, or has stood for as long as it would take to be noticed.
/// </summary>
internal sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>More than a machine stands still or a clock is corrected by, far less than a result is kept for.</summary>
    private static readonly TimeSpan JumpMax = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DoubtMax = TimeSpan.FromDays(1);

    private DateTimeOffset _trustedAt = clock.GetUtcNow();
    private long _since = clock.GetTimestamp();
    private TimeSpan? _doubtedAt;

    /// <summary>How far the clock is ahead, where that is too far; null where it may be believed.</summary>
    public TimeSpan? Jump()
    {
        var (now, passed) = (clock.GetUtcNow(), clock.GetElapsedTime(_since));
        var ahead = now - _trustedAt - passed;
        _doubtedAt = ahead > JumpMax ? _doubtedAt ?? passed : null;
        if (passed - _doubtedAt < DoubtMax)
            return ahead;
        (_trustedAt, _since, _doubtedAt) = (now, clock.GetTimestamp(), null);
        return null;
    }
}
