using System.Collections.Immutable;

namespace TryOn.Core.Machines;

/// <summary>
/// A pure state machine. A host feeds it commands and does what it says, in this order: decide, evolve, commit,
/// effects, reply. Whatever is lost between two of these steps is found again by asking <see cref="Pending"/>.
/// </summary>
public interface IMachine<TState, TCommand, TEvent, TEffect>
    where TState : class
{
    /// <summary>The state of something that does not exist yet.</summary>
    static abstract TState Initial { get; }

    /// <summary>The command a host sends once <see cref="Due"/> has come.</summary>
    static abstract TCommand Tick { get; }

    static abstract Decision<TEvent, TEffect> Decide(TState state, TCommand command, DateTimeOffset now);

    /// <summary>Total: never throws, reads no clock.</summary>
    static abstract TState Evolve(TState state, TEvent @event);

    /// <summary>The effects that should be under way in this state: asked once, when a host takes the machine up.</summary>
    static abstract ImmutableArray<TEffect> Pending(TState state);

    /// <summary>When the machine next wants a tick; null when it does not. A tick at that time always moves it on.</summary>
    static abstract DateTimeOffset? Due(TState state);

    /// <summary>True while somebody must take the machine up again should its host die; false when it may be forgotten.</summary>
    static abstract bool Unfinished(TState state);

    /// <summary>
    /// False for an event that need not survive a crash, because the machine would find the same fact again (a poll
    /// that brought nothing new). It costs no write of its own.
    /// </summary>
    static abstract bool Durable(TEvent @event);
}
