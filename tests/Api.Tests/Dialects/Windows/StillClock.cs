namespace TryOn.Api.Tests.Dialects.Windows;

/// <summary>Stands still until it is moved, so that a window's edge can be met to the millisecond. Timers run as ever.</summary>
internal sealed class StillClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public TimeSpan Passed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + Passed;

    public override long GetTimestamp() => Passed.Ticks;

    public void Pass(TimeSpan time) => Passed += time;
}
