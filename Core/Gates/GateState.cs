using System.Collections.Immutable;

namespace TryOn.Core.Gates;

/// <summary>The state of the gate in front of one upstream account.</summary>
/// <param name="ConcurrencyMax">Jobs that the account runs concurrently: the number of permits.</param>
public sealed record GateState(int ConcurrencyMax)
{
    /// <summary>Jobs that hold a permit.</summary>
    public ImmutableHashSet<string> Holders { get; init; } = [];

    /// <summary>Waiting jobs by queue number. Numbers only increase, so this is the order of arrival.</summary>
    public ImmutableSortedDictionary<long, string> Queue { get; init; } = ImmutableSortedDictionary<long, string>.Empty;

    /// <summary>The queue number of each waiting job.</summary>
    public ImmutableDictionary<string, long> QueueNumbers { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The queue number given last.</summary>
    public long LastNumber { get; init; }

    /// <summary>No job is admitted before this time: the upstream asked for a pause or appears to be down.</summary>
    public DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>Throttled calls in a row, without a success in between.</summary>
    public int Throttles { get; init; }

    /// <summary>Upstream failures, without a success in between of a call that began after the first of them.</summary>
    public int Failures { get; init; }

    /// <summary>Upstream failures in a row, without any success in between.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>
    /// Jobs whose calls were running when the first of these failures arrived. Their success only shows that the
    /// upstream worked earlier: a slow upstream keeps answering old calls while it refuses every new one.
    /// </summary>
    public ImmutableHashSet<string> StartedBefore { get; init; } = [];

    /// <summary>The one job admitted to test whether an upstream that was down is back.</summary>
    public string? Probe { get; init; }

    /// <summary>The upstream has failed so often that only probes are admitted.</summary>
    public bool CircuitOpen => Failures >= GateMachine.FailuresMax;
}
