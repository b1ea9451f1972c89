using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

public abstract record AccountEvent
{
    private AccountEvent()
    {
    }

    public sealed record Opened(string Id, string Name, AccountMode Mode, AccountLimits Limits, DateTimeOffset At)
        : AccountEvent;

    public sealed record KeyAdded(AccountKey Key) : AccountEvent;

    public sealed record KeyUpdated(string Hash, KeyPatch Patch) : AccountEvent;

    public sealed record KeyRotated(string Hash, AccountKey Next, DateTimeOffset GraceEndsAt) : AccountEvent;

    public sealed record KeyRemoved(string Hash) : AccountEvent;

    public sealed record KeyUsed(string Hash, DateTimeOffset At) : AccountEvent;

    public sealed record Granted(long Amount, string OperationId, string Reason, DateTimeOffset At) : AccountEvent;

    public sealed record Adjusted(long Amount, string OperationId, string Reason, DateTimeOffset At) : AccountEvent;

    public sealed record Frozen(Freeze Freeze) : AccountEvent;

    public sealed record Unfrozen : AccountEvent;

    public sealed record WebhooksSet(AccountWebhooks Webhooks) : AccountEvent;

    public sealed record Reserved(Reservation Reservation) : AccountEvent;

    /// <summary>Part of a reservation was released; the rest is captured in the same write.</summary>
    public sealed record Returned(string JobId, long Amount, DateTimeOffset At) : AccountEvent;

    /// <param name="Model">The model that answered; null if it is the one in the reservation.</param>
    public sealed record Captured(string JobId, DateTimeOffset At, string? Model = null) : AccountEvent;

    public sealed record Released(string JobId, string Reason, DateTimeOffset At) : AccountEvent;

    /// <summary>
    /// There was nothing to capture or release. The event changes nothing but is committed: only a successful write
    /// proves that no other activation has opened the reservation in the meantime.
    /// </summary>
    public sealed record NothingResolved(string JobId) : AccountEvent;

    public sealed record PageArchived(int Entries) : AccountEvent;

    public sealed record Reconciled(DateTimeOffset At) : AccountEvent;
}
