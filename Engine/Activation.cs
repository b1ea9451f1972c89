using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TryOn.Core.Errors;
using TryOn.Core.Machines;

namespace TryOn.Engine;

/// <summary>
/// A machine at work on some host: command, decide, evolve, commit, effects, reply, in this order and on one turn.
/// A write that fails makes the whole activation void: what it holds in memory may never have been committed.
/// </summary>
public abstract partial class Activation<TMachine, TState, TCommand, TEvent, TEffect> : IActivation
    where TMachine : IMachine<TState, TCommand, TEvent, TEffect>
    where TState : class
    where TEffect : notnull
{
    private readonly IActivationHost<TState> _host;
    private readonly ILogger _logger;
    private readonly GroupCommit<TState> _commits;
    private bool _void;
    private int _effects;
    private DateTimeOffset? _due;
    private TimeSpan _wait;
    private long _since;

    protected Activation(IActivationHost<TState> host, ILogger logger)
    {
        _host = host;
        _logger = logger;
        _commits = new GroupCommit<TState>(Write);
    }

    /// <summary>Ahead of <see cref="Committed"/> while a write is in flight. Decisions are made on this one.</summary>
    protected TState State { get; private set; } = TMachine.Initial;

    /// <summary>What a crash would leave. Readers see this one.</summary>
    protected TState Committed { get; private set; } = TMachine.Initial;

    protected TimeProvider Clock => _host.Clock;

    protected string Node => _host.Node;

    protected bool Lives(string node) => _host.Lives(node);

    public bool Idle => _void || (Quiet && TMachine.Due(State) is null && !TMachine.Unfinished(State));

    public async Task TakeUp()
    {
        State = Committed = await _host.Load() ?? TMachine.Initial;
        Reckon(Clock.GetUtcNow());
        Start(TMachine.Pending(State));
        Arm();
    }

    public async Task OnDue()
    {
        // A timer may run a little early against the clock; arming again is cheaper than a tick that does nothing.
        var now = Clock.GetUtcNow();
        if (_due is not { } due || (now < due && Left > TimeSpan.Zero))
            Arm();
        else
            await Execute<object>(TMachine.Tick, now > due ? now : due);
    }

    /// <summary>
    /// The activation leaves its host's memory though no write failed, and the next one may be at work already. What is
    /// under way may end, and is written if nobody else has written.
    /// </summary>
    public virtual void LetGo()
    {
    }

    protected Task<Result<TReply>> Execute<TReply>(TCommand command)
        where TReply : class => Execute<TReply>(command, Clock.GetUtcNow());

    private async Task<Result<TReply>> Execute<TReply>(TCommand command, DateTimeOffset now)
        where TReply : class
    {
        if (_void)
            throw new CommitFailedException(cause: null);
        var decision = TMachine.Decide(State, command, now);
        var accepted = decision as Decision<TEvent, TEffect>.Accepted;
        var durable = Evolve(accepted?.Events ?? []);
        Reckon(now);
        try
        {
            // Even a refusal or a repeated answer rests on what was decided before it, so it waits for that to hold.
            await (durable ? _commits.Commit(State) : _commits.Covering);
        }
        catch (Exception failure)
        {
            Void(failure);
            throw new CommitFailedException(failure);
        }

        if (durable)
            Changed();
        if (accepted is null)
            return ((Decision<TEvent, TEffect>.Rejected)decision).Error;
        Start(accepted.Effects);
        Arm();
        return (TReply)accepted.Reply;
    }

    /// <summary>Carries out one effect and reports what came of it through <see cref="Execute{TReply}(TCommand)"/>.</summary>
    protected abstract Task Perform(TEffect effect);

    /// <summary>Called after each durable change, once it is committed.</summary>
    protected virtual void Changed()
    {
    }

    /// <summary>
    /// Called once, when this activation has become void. What it holds of its process must go with it: the next activation
    /// may be in another one.
    /// </summary>
    protected virtual void Dropped()
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

    /// <summary>Whether something that it set in motion is still under way.</summary>
    protected bool Performing => _effects > 0;

    private bool Quiet => _effects == 0 && _commits.Covering.IsCompleted;

    private TimeSpan Left => _wait - Clock.GetElapsedTime(_since);

    /// <summary>
    /// Holds a wait by the time that passes, as well as by the clock: one that is set back would else hold up what is due
    /// for as long as it was set back.
    /// </summary>
    /// <param name="now">The time that the machine reckoned with.</param>
    private void Reckon(DateTimeOffset now)
    {
        var due = TMachine.Due(State);
        if (due != _due)
            (_due, _wait, _since) = (due, due - now ?? TimeSpan.Zero, Clock.GetTimestamp());
    }

    private void Arm()
    {
        var (now, left) = (Clock.GetUtcNow(), Left > TimeSpan.Zero ? Left : TimeSpan.Zero);
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
        _effects++;
        try
        {
            // The caller's reply does not wait for what its command set in motion.
            await Task.Yield();
            if (!_void)
                await Perform(effect);
        }
        catch (Exception) when (_void)
        {
            // The next activation asks Pending and takes it up again.
        }
        catch (Exception failure)
        {
            LogEffectFailed(_logger, effect.GetType().Name, failure);
        }
        finally
        {
            _effects--;
        }
    }

    private void Void(Exception failure)
    {
        if (_void)
            return;
        _void = true;
        LogDropped(_logger, typeof(TState).Name, failure);
        _host.Arm(null);
        Dropped();
        _host.Drop();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Effect {Effect} failed without an answer")]
    private static partial void LogEffectFailed(ILogger logger, string effect, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A write of {Record} failed; its activation was dropped")]
    private static partial void LogDropped(ILogger logger, string record, Exception failure);
}
