namespace TryOn.Embedded.Turns;

/// <summary>
/// A place in memory for one activation, and its turn: calls, timer ticks and the continuations of both run one at a
/// time. Calls interleave where they await, as they would in a reentrant grain.
/// </summary>
internal sealed class Slot<TActivation>
    where TActivation : class
{
    private readonly TaskFactory _turn = new(
        CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskContinuationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

    private readonly Func<Slot<TActivation>, Task<TActivation>> _create;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private Task<TActivation>? _activation;
    private int _calls;
    private long _usedAt;
    private bool _closed;

    public Slot(Func<Slot<TActivation>, Task<TActivation>> create, TimeProvider clock)
    {
        (_create, _clock) = (create, clock);
        _usedAt = clock.GetTimestamp();
    }

    public bool Closed
    {
        get
        {
            lock (_lock)
                return _closed;
        }
    }

    /// <summary>False when the slot has been given up: the call belongs in a new one.</summary>
    public bool TryRun<T>(Func<TActivation, Task<T>> call, out Task<T> result)
    {
        lock (_lock)
        {
            if (_closed)
            {
                result = null!;
                return false;
            }

            _calls++;
        }

        result = _turn.StartNew(() => Call(call)).Unwrap();
        return true;
    }

    /// <summary>Gives the slot up when nobody is in it, nothing is under way and it has not been used for a while.</summary>
    public Task<bool> TryLeave(TimeSpan idleAge, Func<TActivation, bool> idle) => _turn.StartNew(() =>
    {
        lock (_lock)
        {
            var free = _calls == 0 && _clock.GetElapsedTime(_usedAt) >= idleAge
                && (_activation is null || !_activation.IsCompletedSuccessfully || idle(_activation.Result));
            _closed |= free;
            return _closed;
        }
    });

    /// <summary>Calls that have begun run to their end; further ones belong in a new slot.</summary>
    public void Close()
    {
        lock (_lock)
            _closed = true;
    }

    private async Task<T> Call<T>(Func<TActivation, Task<T>> call)
    {
        try
        {
            _activation ??= _create(this);
            return await call(await _activation);
        }
        catch when (_activation is { IsCompletedSuccessfully: false })
        {
            // It could not even be loaded: the next call tries afresh.
            Close();
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _calls--;
                _usedAt = _clock.GetTimestamp();
            }
        }
    }
}
