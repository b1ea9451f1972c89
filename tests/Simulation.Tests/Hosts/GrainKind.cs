using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>Resumes the work of one grain.</summary>
internal interface IRevival
{
    /// <param name="reminded">False where a call revives it that no reminder has made.</param>
    Task Revive(string id, bool reminded);
}

/// <summary>What the grains of one kind have in common: accounts, jobs or deliveries.</summary>
/// <param name="Of">The activations of this kind that a host has in memory.</param>
/// <param name="NeedsReminder">Whether nobody but its own reminder revives an unfinished record in this state.</param>
internal sealed record GrainKind<TState>(
    World World, string Name, Records<TState> Records, Func<Host, IRevival> Of, Func<TState, bool> NeedsReminder)
    where TState : class
{
    public Reminders Reminders { get; } = new(World, Name, Of);

    /// <summary>Whether the reminder stays once the work is done; its next tick then removes it.</summary>
    public bool KeepsReminder { get; init; }

    /// <summary>Whether a long wait is left to the reminder.</summary>
    public bool RestsWhileWaiting { get; init; }
}
