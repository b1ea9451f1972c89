using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>An account's figures at one moment: granted = available + reserved + captured, always.</summary>
/// <param name="Chain">Link of the newest statement entry: where a statement that was followed from its start must end.</param>
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

/// <summary>What stands of a job's reservation.</summary>
/// <param name="JobId">The job that was asked about, or the running one that the request repeats.</param>
/// <param name="Repeated">True when this was decided before and the call changed nothing.</param>
public sealed record ReservationReply(string JobId, ReservationOutcome Outcome, bool Repeated)
{
    /// <summary>Since when it is open, by which it is told from another one of the same job; null for one that is over.</summary>
    public DateTimeOffset? At { get; init; }
}

public enum ReservationOutcome
{
    None = 0,
    Open = 1,
    Captured = 2,
    Released = 3,

    /// <summary>No reservation is open under this id and the newest entries do not speak of it.</summary>
    Unknown = 4,
}
