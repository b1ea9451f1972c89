using TryOn.Core.Errors;
using TryOn.Core.Machines;

namespace TryOn.Core.Tests.Machines;

/// <summary>Tests what a command does to a state.</summary>
internal sealed class Scenario<TMachine, TState, TCommand, TEvent, TEffect>(TState state)
    where TMachine : IMachine<TState, TCommand, TEvent, TEffect>
    where TState : class
{
    private Decision<TEvent, TEffect>? _decision;

    /// <summary>The state after all events decided so far.</summary>
    public TState State { get; private set; } = state;

    public object Reply => Accepted.Reply;

    private Decision<TEvent, TEffect>.Accepted Accepted =>
        Assert.IsType<Decision<TEvent, TEffect>.Accepted>(_decision);

    public Scenario<TMachine, TState, TCommand, TEvent, TEffect> When(TCommand command, DateTimeOffset now)
    {
        _decision = TMachine.Decide(State, command, now);
        if (_decision is Decision<TEvent, TEffect>.Accepted accepted)
            State = accepted.Events.Aggregate(State, TMachine.Evolve);
        return this;
    }

    public Scenario<TMachine, TState, TCommand, TEvent, TEffect> Then(params TEvent[] events)
    {
        Assert.Equal(events, Accepted.Events);
        return this;
    }

    public Scenario<TMachine, TState, TCommand, TEvent, TEffect> Asks(params TEffect[] effects)
    {
        Assert.Equal(effects, Accepted.Effects);
        return this;
    }

    public Scenario<TMachine, TState, TCommand, TEvent, TEffect> Replies(object reply)
    {
        Assert.Equal(reply, Reply);
        return this;
    }

    public void ChangesNothing() => Then().Asks();

    public void Refuses(ErrorCode code) =>
        Assert.Equal(code, Assert.IsType<Decision<TEvent, TEffect>.Rejected>(_decision).Error.Code);
}
