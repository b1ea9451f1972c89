using System.Collections.Immutable;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>A command to an account. Every command may be repeated and is then answered as the first time.</summary>
public abstract record AccountCommand
{
    private protected AccountCommand()
    {
    }

    /// <summary>Creates the account.</summary>
    public sealed record Open(string Id, string Name, AccountMode Mode, AccountLimits Limits)
        : AccountCommand<AccountView>;

    /// <param name="By">Scopes of the key that adds this one: a key can only give scopes it has itself.</param>
    public sealed record AddKey(AccountKey Key, KeyScopes By = Scopes.All) : AccountCommand<AccountKey>;

    public sealed record UpdateKey(string Hash, KeyPatch Patch, KeyScopes By = Scopes.All) : AccountCommand<AccountKey>;

    /// <summary>Replaces a key. The old key keeps working until the grace period ends.</summary>
    /// <param name="Next">Hash, label and creation time of the new key; everything else is copied from the old
    /// one.</param>
    public sealed record RotateKey(string Hash, AccountKey Next, TimeSpan Grace, KeyScopes By = Scopes.All)
        : AccountCommand<AccountKey>;

    public sealed record RemoveKey(string Hash) : AccountCommand<AccountKey>;

    /// <summary>Records that a key was used. Sent at most once an hour.</summary>
    public sealed record UseKey(string Hash) : AccountCommand<AccountKey>;

    public sealed record Grant(long Amount, string OperationId, string Reason) : AccountCommand<AccountView>;

    /// <param name="Amount">Positive adds credits; negative removes available credits and is refused if there are
    /// fewer.</param>
    public sealed record Adjust(long Amount, string OperationId, string Reason) : AccountCommand<AccountView>;

    public sealed record Freeze(string Reason) : AccountCommand<AccountView>;

    public sealed record Unfreeze : AccountCommand<AccountView>;

    /// <summary>
    /// Sets the webhook URL for jobs that name none themselves, or rotates the secret that messages are signed with.
    /// </summary>
    /// <param name="Url">Null for no webhook.</param>
    /// <param name="Rotate">True to create a new secret and leave the URL unchanged; messages are signed with the old
    /// secret too for a day.</param>
    public sealed record SetWebhooks(string? Url, bool Rotate = false) : AccountCommand<AccountView>;

    /// <param name="For">What the credits are for. Stored in the statement, so that history can be read from the
    /// statement alone.</param>
    /// <param name="SentAt">When the sender last verified that the job is new. Null is never too late.</param>
    /// <param name="Body">Hash of the request as it was sent. If set, a repeat of a request whose job is still running
    /// joins that job.</param>
    /// <param name="Others">Further jobs of the same request, each for the same amount. Either all are reserved or
    /// none.</param>
    /// <param name="Apart">True if this request never joins a running one. Its body is still stored, so that a later
    /// request marked as a retry can join it.</param>
    public sealed record Reserve(
        string JobId, long Amount, string Fingerprint, Purchase? For = null, DateTimeOffset? SentAt = null,
        string? Body = null, ImmutableArray<string>? Others = null, bool Apart = false)
        : AccountCommand<ReservationReply>;

    /// <param name="Amount">Credits to capture. If less than reserved, the rest is released; if more, or null, the
    /// whole reservation is captured.</param>
    /// <param name="Model">Slug of the model that answered, if it is not the one in the reservation.</param>
    /// <param name="ReservedAt">When the reservation was opened. A late repeat of the request may have opened another
    /// one for the same job. Null for any.</param>
    public sealed record Capture(
        string JobId, long? Amount = null, string? Model = null, DateTimeOffset? ReservedAt = null)
        : AccountCommand<ReservationReply>;

    /// <param name="ReservedAt">As in <see cref="Capture"/>.</param>
    public sealed record Release(string JobId, string Reason, DateTimeOffset? ReservedAt = null)
        : AccountCommand<ReservationReply>;

    public sealed record ArchiveStored(long First, int Pages = 1) : AccountCommand<AccountView>;

    public sealed record Tick : AccountCommand<AccountView>;
}

/// <typeparam name="TReply">What the account answers once the command is accepted and committed.</typeparam>
public abstract record AccountCommand<TReply> : AccountCommand
    where TReply : class
{
    private protected AccountCommand()
    {
    }
}
