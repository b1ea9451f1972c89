namespace TryOn.Sandbox.Tests;

/// <summary>Time that stands until a test moves it. It tells when something has begun to wait for it.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Waiter> _waiters = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Completes when the first timer was set.</summary>
    public Task Armed => _armed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var waiter = new Waiter(this, () => callback(state));
        waiter.Change(dueTime, period);
        return waiter;
    }

    public void Advance(TimeSpan time)
    {
        List<Waiter> due;
        lock (_waiters)
        {
            _now += time;
            due = _waiters.FindAll(waiter => waiter.Due <= _now);
            _waiters.RemoveAll(due.Contains);
        }

        due.ForEach(waiter => waiter.Fire());
    }

    private void Arm(Waiter waiter)
    {
        lock (_waiters)
            _waiters.Add(waiter);
        _armed.TrySetResult();
    }

    private sealed class Waiter(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            Due = clock._now + dueTime;
            clock.Arm(this);
            return true;
        }

        public void Dispose()
        {
            lock (clock._waiters)
                clock._waiters.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
