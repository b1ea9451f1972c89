using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TryOn.Core.Errors;
using TryOn.Core.Machines;

namespace TryOn.Engine.Activations;

/// <summary>
/// Runs a machine on a host. Each command is handled in the order decide, evolve, commit, effects, reply, always on the
/// host's turn. A failed write invalidates the whole activation: its state in memory may never have been committed.
/// </summary>
public abstract partial class Activation<TMachine, TState, TCommand, TEvent, TEffect> : IActivation
    where TMachine : IMachine<TState, TCommand, TEvent, TEffect>
    where TState : class
    where TEffect : notnull
{
    private readonly IActivationHost<TState> _host;
    private readonly ILogger _logger;
    private readonly GroupCommit<TState> _commits;
    private bool _invalid;
    private int _runningEffects;
    private DateTimeOffset? _due;
    private TimeSpan _wait;
    private long _waitStart;

    protected Activation(IActivationHost<TState> host, ILogger logger)
    {
        _host = host;
        _logger = logger;
        _commits = new GroupCommit<TState>(Write);
    }

    /// <summary>
    /// The state that decisions are based on. Ahead of <see cref="Committed"/> while a write is in flight.
    /// </summary>
    protected TState State { get; private set; } = TMachine.Initial;

    /// <summary>The state that survives a crash. Readers get this one.</summary>
    protected TState Committed { get; private set; } = TMachine.Initial;

    protected TimeProvider Clock => _host.Clock;

    protected string Node => _host.Node;

    protected bool IsAlive(string node) => _host.IsAlive(node);

    public bool Idle => _invalid || (NothingInFlight && TMachine.Due(State) is null && !TMachine.Unfinished(State));

    public async Task Resume()
    {
        State = Committed = await _host.Load() ?? TMachine.Initial;
        TrackDue(Clock.GetUtcNow());
        Start(TMachine.Pending(State));
        Arm();
    }

    public async Task OnDue()
    {
        // A timer may fire slightly early; arming it again is cheaper than a tick that does nothing.
        var now = Clock.GetUtcNow();
        if (_due is not { } due || (now < due && Remaining > TimeSpan.Zero))
            Arm();
        else
            await Execute<object>(TMachine.Tick, now > due ? now : due);
    }

    /// <summary>
    /// The host unloads the activation although no write failed, and another activation may already be running. Running
    /// effects may finish, and their results are written if no other activation has written since.
    /// </summary>
    public virtual void Unload()
    {
    }

    protected Task<Result<TReply>> Execute<TReply>(TCommand command)
        where TReply : class => Execute<TReply>(command, Clock.GetUtcNow());

    private async Task<Result<TReply>> Execute<TReply>(TCommand command, DateTimeOffset now)
        where TReply : class
    {
        if (_invalid)
            throw new CommitFailedException(cause: null);
        var decision = TMachine.Decide(State, command, now);
        var accepted = decision as Decision<TEvent, TEffect>.Accepted;
        var durable = Evolve(accepted?.Events ?? []);
        TrackDue(now);
        try
        {
            // Even a rejection or a repeated reply may depend on an uncommitted earlier decision, so it waits for that
            // commit.
            await (durable ? _commits.Commit(State) : _commits.Outstanding);
        }
        catch (Exception failure)
        {
            Invalidate(failure);
            throw new CommitFailedException(failure);
        }

        if (durable)
            OnCommitted();
        if (accepted is null)
            return ((Decision<TEvent, TEffect>.Rejected)decision).Error;
        Start(accepted.Effects);
        Arm();
        return (TReply)accepted.Reply;
    }

    /// <summary>Performs one effect and reports its result through <see cref="Execute{TReply}(TCommand)"/>.</summary>
    protected abstract Task Perform(TEffect effect);

    /// <summary>Called after each durable change, once it is committed.</summary>
    protected virtual void OnCommitted()
    {
    }

    /// <summary>
    /// Called once, when this activation has become invalid. It must release what it holds in its process, because the
    /// next activation may run in another process.
    /// </summary>
    protected virtual void OnInvalidated()
    {
    }

    private bool Evolve(ImmutableArray<TEvent> events)
    {
        var durable = false;
        foreach (var @event in events)
        {
            State = TMachine.Evolve(State, @event);
            durable |= TMachine.Durable(@event);
        }

        return durable;
    }

    /// <summary>True while an effect is running.</summary>
    protected bool HasRunningEffects => _runningEffects > 0;

    private bool NothingInFlight => _runningEffects == 0 && _commits.Outstanding.IsCompleted;

    private TimeSpan Remaining => _wait - Clock.GetElapsedTime(_waitStart);

    /// <summary>
    /// Measures the wait by elapsed time as well as by the clock: otherwise a clock that is set back would delay what
    /// is due.
    /// </summary>
    /// <param name="now">The time that the machine's decision was based on.</param>
    private void TrackDue(DateTimeOffset now)
    {
        var due = TMachine.Due(State);
        if (due != _due)
            (_due, _wait, _waitStart) = (due, due - now ?? TimeSpan.Zero, Clock.GetTimestamp());
    }

    private void Arm()
    {
        var (now, left) = (Clock.GetUtcNow(), Remaining > TimeSpan.Zero ? Remaining : TimeSpan.Zero);
        _host.Arm(_due - now > left ? now + left : _due);
    }

    private async Task Write(TState state)
    {
        await _host.Write(state, TMachine.Unfinished(state));
        Committed = state;
    }

    private void Start(ImmutableArray<TEffect> effects)
    {
        foreach (var effect in effects)
            _ = Run(effect);
    }

    private async Task Run(TEffect effect)
    {
        _runningEffects++;
        try
        {
            // The caller's reply does not wait for the effects of its command.
            await Task.Yield();
            if (!_invalid)
                await Perform(effect);
        }
        catch (Exception) when (_invalid)
        {
            // The next activation starts this effect again through Pending.
        }
        catch (Exception failure)
        {
            LogEffectFailed(_logger, effect.GetType().Name, failure);
        }
        finally
        {
            _runningEffects--;
        }
    }

    private void Invalidate(Exception failure)
    {
        if (_invalid)
            return;
        _invalid = true;
        LogWriteFailed(_logger, typeof(TState).Name, failure);
        _host.Arm(null);
        OnInvalidated();
        _host.Drop();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Effect {Effect} failed and gave no result")]
    private static partial void LogEffectFailed(ILogger logger, string effect, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A write of {Record} failed; its activation was dropped")]
    private static partial void LogWriteFailed(ILogger logger, string record, Exception failure);
}
