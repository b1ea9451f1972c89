namespace TryOn.Engine.Activations;

/// <summary>
/// Allows one write in flight; all commits made in the meantime share the next write. A busy record thus costs one
/// write per round instead of one per caller. Not thread-safe; runs on its owner's turn.
/// </summary>
public sealed class GroupCommit<TState>(Func<TState, Task> write)
    where TState : class
{
    private TState? _latest;
    private TaskCompletionSource? _next;
    private TaskCompletionSource? _current;

    /// <summary>The newest outstanding write; a completed task if there is none.</summary>
    public Task Outstanding => (_next ?? _current)?.Task ?? Task.CompletedTask;

    /// <summary>Returns the write that includes this state. If it fails, its outcome is unknown.</summary>
    public Task Commit(TState state)
    {
        // Nothing is written after a failed write, even before the owner has observed the failure.
        if (_current is { Task.IsFaulted: true })
            return _current.Task;
        _latest = state;
        _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var outstanding = _next.Task;
        if (_current is null)
            _ = Drain();
        return outstanding;
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
                // Commits waiting for the next round are based on a state that may not be stored, so they fail too.
                batch.SetException(failure);
                _next?.SetException(failure);
                return;
            }

            batch.SetResult();
        }

        _current = null;
    }
}
