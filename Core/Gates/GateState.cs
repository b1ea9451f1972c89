using System.Collections.Immutable;

namespace TryOn.Core.Gates;

/// <summary>What stands between jobs and one upstream account.</summary>
/// <param name="PlacesMax">Jobs that the account runs at once.</param>
public sealed record GateState(int PlacesMax)
{
    public ImmutableHashSet<string> Holders { get; init; } = [];

    /// <summary>Who waits, by a number that only grows: the order they came in.</summary>
    public ImmutableSortedDictionary<long, string> Line { get; init; } = ImmutableSortedDictionary<long, string>.Empty;

    public ImmutableDictionary<string, long> Numbers { get; init; } = ImmutableDictionary<string, long>.Empty;

    public long LastNumber { get; init; }

    /// <summary>Nobody is let in before this: the upstream asked for a pause, or is taken to be down.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>Refusals for being too quick, without one success between.</summary>
    public int Throttles { get; init; }

    /// <summary>Failures of the upstream itself, without one success between of a call that began later.</summary>
    public int Failures { get; init; }

    /// <summary>The same, without any success between.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>
    /// Whose calls were under way when the first of these failures came. That they succeed says how the upstream was: a slow
    /// one goes on to answer them for as long as a call takes, while it refuses every new one.
    /// </summary>
    public ImmutableHashSet<string> Before { get; init; } = [];

    /// <summary>The one job that is let in to find out whether an upstream that was down is back.</summary>
    public string? Probe { get; init; }

    /// <summary>The circuit is open: the upstream has failed so often that only probes are let in.</summary>
    public bool Open => Failures >= GateMachine.FailuresMax;
}
