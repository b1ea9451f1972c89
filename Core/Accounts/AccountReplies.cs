using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>An account's balance at one moment: granted = available + reserved + captured, always.</summary>
/// <param name="Chain">Chain hash of the newest statement entry. A statement verified from its first entry must end
/// with this hash.</param>
public sealed record AccountView(
    string Id,
    string Name,
    AccountMode Mode,
    DateTimeOffset CreatedAt,
    long Available,
    long Reserved,
    long Captured,
    long Granted,
    int OpenReservations,
    AccountLimits Limits,
    string? Chain = null,
    Freeze? Frozen = null)
{
    public AccountWebhooks Webhooks { get; init; } = AccountWebhooks.None;
}

/// <summary>The state of a job's reservation.</summary>
/// <param name="JobId">The job in the request, or the running job that the request repeats.</param>
/// <param name="Repeated">True if this had already been decided and the call changed nothing.</param>
public sealed record ReservationReply(string JobId, ReservationOutcome Outcome, bool Repeated)
{
    /// <summary>
    /// When the reservation was opened, which distinguishes it from another one of the same job; null if it is
    /// resolved.
    /// </summary>
    public DateTimeOffset? At { get; init; }
}

public enum ReservationOutcome
{
    None = 0,
    Open = 1,
    Captured = 2,
    Released = 3,

    /// <summary>No reservation is open for this job, and the newest statement entries do not mention it.</summary>
    Unknown = 4,
}
