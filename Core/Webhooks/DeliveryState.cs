using System.Collections.Immutable;

namespace TryOn.Core.Webhooks;

/// <summary>Stored with deliveries: numbers and names never change meaning.</summary>
public enum DeliveryStatus
{
    None = 0,
    Pending = 1,

    /// <summary>The receiver answered with a 2xx.</summary>
    Delivered = 2,

    /// <summary>The schedule ended without success, or the receiver wants no more messages (410).</summary>
    GivenUp = 3,
}

/// <summary>The result of one send.</summary>
/// <param name="HttpStatus">The receiver's status; null if there was no response.</param>
/// <param name="Failure">The gateway's own code for why there was no response; never the receiver's text.</param>
public sealed record DeliveryTry(DateTimeOffset At, int? HttpStatus, string? Failure);

/// <summary>
/// The state of one delivery. The message is not stored: each send builds it from the committed job, which no longer
/// changes.
/// </summary>
public sealed record DeliveryState
{
    /// <summary>The most tries that are stored; of a delivery that was redelivered often, the newest.</summary>
    public const int TriesMax = 40;

    /// <summary>The id of the job.</summary>
    public string Id { get; init; } = "";

    public DeliverySpec? Spec { get; init; }

    public DeliveryStatus Status { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the current schedule began: at the start, or at the last redelivery.</summary>
    public DateTimeOffset RoundAt { get; init; }

    /// <summary>When to send next; null while a send is running, and once the delivery has ended.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The total number of sends.</summary>
    public int Sends { get; init; }

    public ImmutableList<DeliveryTry> Tries { get; init; } = [];
}
