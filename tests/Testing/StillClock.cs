using Microsoft.Extensions.Time.Testing;

namespace TryOn.Testing;

/// <summary>
/// Stands still until it is moved, while its timers run as ever: a silo's own loops spin on timers that a test must
/// advance.
/// </summary>
public sealed class StillClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        TimeProvider.System.CreateTimer(callback, state, dueTime, period);
}
