namespace TryOn.Sandbox.Tests;

/// <summary>Tells when something has begun to wait for it.</summary>
public sealed class AwaitedClock : FakeTimeProvider
{
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first timer was set.</summary>
    public Task Armed => _armed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
            _armed.TrySetResult();
        return timer;
    }
}
