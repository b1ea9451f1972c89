using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>Resumes the work of one grain.</summary>
internal interface IRevival
{
    /// <param name="reminded">False when a call and not a reminder revives the grain.</param>
    Task Revive(string id, bool reminded);
}

/// <summary>What all grains of one kind (account, job or delivery) have in common.</summary>
/// <param name="On">The activations of this kind that a host has in memory.</param>
/// <param name="NeedsReminder">Whether an unfinished record in this state is revived by nothing but its own
/// reminder.</param>
internal sealed record GrainKind<TState>(
    World World, string Name, Records<TState> Records, Func<Host, IRevival> On, Func<TState, bool> NeedsReminder)
    where TState : class
{
    public Reminders Reminders { get; } = new(World, Name, On);

    /// <summary>Whether the reminder stays after the work is done, until its next tick removes it.</summary>
    public bool KeepsReminder { get; init; }

    /// <summary>Whether a long wait is left to the reminder.</summary>
    public bool DeactivatesWhileWaiting { get; init; }
}
