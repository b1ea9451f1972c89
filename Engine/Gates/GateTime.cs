namespace TryOn.Engine.Gates;

/// <summary>
/// A gate's own time. It only ever goes on: by a clock that is set back a short pause would last for as long as it was set
/// back. Nothing else reckons with it, so where it begins does not matter.
/// </summary>
public static class GateTime
{
    public static DateTimeOffset Now(TimeProvider clock) => DateTimeOffset.UnixEpoch + clock.GetElapsedTime(0);
}
