using Microsoft.Extensions.Time.Testing;

namespace TryOn.Testing;

/// <summary>A fake clock that reports when the code under test starts to wait for it.</summary>
public sealed class AwaitedClock : FakeTimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _armed = NewSignal();
    private TaskCompletionSource _next = NewSignal();

    /// <summary>Completes when the first timer is set.</summary>
    public Task Armed => _armed.Task.WaitAsync(Patience);

    /// <summary>
    /// Moves the clock. The task completes when another timer is set, which tells that whoever waited waits again.
    /// </summary>
    public Task AdvanceToNextTimer(TimeSpan time)
    {
        var next = NewSignal();
        Interlocked.Exchange(ref _next, next);
        Advance(time);
        return next.Task.WaitAsync(Patience);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _armed.TrySetResult();
            Volatile.Read(ref _next).TrySetResult();
        }

        return timer;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
