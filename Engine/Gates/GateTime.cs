namespace TryOn.Engine.Gates;

/// <summary>
/// A gate's own monotonic time. With the wall clock, a clock that is set back would extend a short pause by as much.
/// Gates use no other time, so the starting point does not matter.
/// </summary>
public static class GateTime
{
    public static DateTimeOffset Now(TimeProvider clock) => DateTimeOffset.UnixEpoch + clock.GetElapsedTime(0);
}
