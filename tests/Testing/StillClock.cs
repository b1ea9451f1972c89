using Microsoft.Extensions.Time.Testing;

namespace TryOn.Testing;

/// <summary>
/// A clock whose date stands still until a test moves it, while its timers run in real time. A silo's own loops would
/// spin on timers that only a test advances.
/// </summary>
public sealed class StillClock() : FakeTimeProvider(TimeProvider.System.GetUtcNow())
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        TimeProvider.System.CreateTimer(callback, state, dueTime, period);
}
