namespace TryOn.Embedded.Tests.Webhooks;

/// <summary>Time that passes when a test says so. Whatever waits for it is woken in order.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly Lock _turn = new();
    private readonly List<Waiter> _waiters = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock was set ahead or back of the time that passes.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now + Ahead;

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var waiter = new Waiter(this, () => callback(state));
        waiter.Change(dueTime, period);
        return waiter;
    }

    public void Pass(TimeSpan time)
    {
        var until = Now + time;
        while (Next(until) is { } waiter)
            waiter.Fire();
    }

    /// <summary>What waited for it is gone, as when its process is.</summary>
    public void Forget()
    {
        lock (_turn)
            _waiters.Clear();
    }

    private DateTimeOffset Now
    {
        get
        {
            lock (_turn)
                return _now;
        }
    }

    private Waiter? Next(DateTimeOffset until)
    {
        lock (_turn)
        {
            var next = _waiters.Where(waiter => waiter.Due <= until).MinBy(waiter => waiter.Due);
            _now = next is null ? until : next.Due > _now ? next.Due : _now;
            next?.Rearm();
            return next;
        }
    }

    private sealed class Waiter(VirtualClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._turn)
            {
                clock._waiters.Remove(this);
                (Due, _period) = (clock._now + dueTime, period);
                if (dueTime != Timeout.InfiniteTimeSpan)
                    clock._waiters.Add(this);
            }

            return true;
        }

        /// <summary>Called on the clock's turn.</summary>
        public void Rearm()
        {
            if (_period > TimeSpan.Zero)
                Due += _period;
            else
                clock._waiters.Remove(this);
        }

        public void Dispose()
        {
            lock (clock._turn)
                clock._waiters.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
