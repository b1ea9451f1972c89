namespace TryOn.Engine;

/// <summary>
/// At most one write in flight; whoever commits meanwhile shares the next. So a hot record costs one write a round, not
/// one a caller. Runs on its owner's turn and takes no locks.
/// </summary>
public sealed class GroupCommit<TState>(Func<TState, Task> write)
    where TState : class
{
    private TState? _latest;
    private TaskCompletionSource? _next;
    private TaskCompletionSource? _current;

    /// <summary>The write that covers everything committed so far; completed when nothing is outstanding.</summary>
    public Task Covering => (_next ?? _current)?.Task ?? Task.CompletedTask;

    /// <summary>Returns the write that covers this state. When it fails its outcome is unknown.</summary>
    public Task Commit(TState state)
    {
        // Nothing is written any more after a write that failed, even before its owner has heard of it.
        if (_current is { Task.IsFaulted: true })
            return _current.Task;
        _latest = state;
        _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var covering = _next.Task;
        if (_current is null)
            _ = Drain();
        return covering;
    }

    private async Task Drain()
    {
        while (_next is { } batch)
        {
            (_current, _next) = (batch, null);
            try
            {
                await write(_latest!);
            }
            catch (Exception failure)
            {
                // Whoever joined the next round built on a state that may not stand: they fail with this one.
                batch.SetException(failure);
                _next?.SetException(failure);
                return;
            }

            batch.SetResult();
        }

        _current = null;
    }
}
