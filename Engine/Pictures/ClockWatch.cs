namespace TryOn.Engine.Pictures;

/// <summary>
/// Detects that the clock has jumped far ahead of elapsed time. The new time may be right or wrong, so it is distrusted
/// until the clock is back, or has stayed there for long enough that an operator would have noticed.
/// </summary>
internal sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>
    /// Longer than a machine is suspended or a clock is corrected by, much shorter than results are kept.
    /// </summary>
    private static readonly TimeSpan JumpMax = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DistrustMax = TimeSpan.FromDays(1);

    private DateTimeOffset _trustedAt = clock.GetUtcNow();
    private long _since = clock.GetTimestamp();
    private TimeSpan? _distrustedAt;

    /// <summary>How far the clock has jumped ahead; null if it can be trusted.</summary>
    public TimeSpan? DetectJump()
    {
        var (now, passed) = (clock.GetUtcNow(), clock.GetElapsedTime(_since));
        var ahead = now - _trustedAt - passed;
        _distrustedAt = ahead > JumpMax ? _distrustedAt ?? passed : null;
        if (passed - _distrustedAt < DistrustMax)
            return ahead;
        (_trustedAt, _since, _distrustedAt) = (now, clock.GetTimestamp(), null);
        return null;
    }
}
