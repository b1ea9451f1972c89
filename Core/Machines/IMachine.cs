using System.Collections.Immutable;

namespace TryOn.Core.Machines;

/// <summary>
/// A pure state machine. A host sends it commands and carries out its decisions in this order: decide, evolve, commit,
/// effects, reply. Whatever is lost between two of these steps is recovered by <see cref="Pending"/>.
/// </summary>
public interface IMachine<TState, TCommand, TEvent, TEffect>
    where TState : class
{
    /// <summary>The state of a record that does not exist yet.</summary>
    static abstract TState Initial { get; }

    /// <summary>The command that a host sends when <see cref="Due"/> has come.</summary>
    static abstract TCommand Tick { get; }

    static abstract Decision<TEvent, TEffect> Decide(TState state, TCommand command, DateTimeOffset now);

    /// <summary>Never throws and reads no clock.</summary>
    static abstract TState Evolve(TState state, TEvent @event);

    /// <summary>The effects that should be running in this state. Called once, when a host loads the machine.</summary>
    static abstract ImmutableArray<TEffect> Pending(TState state);

    /// <summary>
    /// When the machine next needs a tick; null if it needs none. A tick at that time always advances the machine.
    /// </summary>
    static abstract DateTimeOffset? Due(TState state);

    /// <summary>
    /// True while another host must resume the machine if its host dies; false if it may stay unloaded.
    /// </summary>
    static abstract bool Unfinished(TState state);

    /// <summary>
    /// False for an event that need not survive a crash, because the machine would find the same fact again (a poll
    /// that brought nothing new). It causes no write of its own.
    /// </summary>
    static abstract bool Durable(TEvent @event);
}
