using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Time;

/// <summary>One host's clock: virtual time plus an offset by which the clock was set forward or back.</summary>
internal sealed class HostClock(Timeline timeline, Host host) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Timeline.Epoch + timeline.Now + Offset;

    public override long GetTimestamp() => timeline.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new OneShot(timeline, host, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class OneShot(Timeline timeline, Host host, Action callback) : ITimer
    {
        private int _armed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var armed = ++_armed;
            if (dueTime != Timeout.InfiniteTimeSpan)
                timeline.After(dueTime, host, () => Fire(armed));
            return true;
        }

        public void Dispose() => _armed++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int armed)
        {
            if (armed == _armed)
                callback();
        }
    }
}
