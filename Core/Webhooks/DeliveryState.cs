using System.Collections.Immutable;
using TryOn.Core.Jobs;

namespace TryOn.Core.Webhooks;

/// <summary>Stored with deliveries: numbers and names never change meaning.</summary>
public enum DeliveryStatus
{
    None = 0,
    Pending = 1,

    /// <summary>The receiver answered with a 2xx.</summary>
    Delivered = 2,

    /// <summary>Its time ran out, or the receiver wants no more of them (410).</summary>
    GivenUp = 3,
}

/// <param name="Url">The receiver's address.</param>
/// <param name="Origin">What addresses in the message begin with.</param>
/// <param name="Form">Null for the gateway's own form.</param>
public sealed record DeliverySpec(string AccountId, string Url, string Origin, WebhookForm? Form = null);

/// <summary>What the receiver made of one try.</summary>
/// <param name="HttpStatus">Null when there was no answer.</param>
/// <param name="Failure">A word of ours for why there was none; never the receiver's text.</param>
public sealed record DeliveryTry(DateTimeOffset At, int? HttpStatus, string? Failure);

/// <summary>Holds no message: it is made from the committed job, which does not change, each time it is sent.</summary>
public sealed record DeliveryState
{
    /// <summary>Tries that are remembered; of a delivery that was redelivered often, the newest.</summary>
    public const int TriesMax = 40;

    /// <summary>The job's.</summary>
    public string Id { get; init; } = "";

    public DeliverySpec? Spec { get; init; }

    public DeliveryStatus Status { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the schedule in use began: at first, or when it was last redelivered.</summary>
    public DateTimeOffset RoundAt { get; init; }

    /// <summary>When to send next; null while it is being sent, and in the end.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How often it was sent in all.</summary>
    public int Sends { get; init; }

    public ImmutableList<DeliveryTry> Tries { get; init; } = [];
}
