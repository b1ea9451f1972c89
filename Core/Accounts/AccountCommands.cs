using System.Collections.Immutable;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>What an account is asked to do. Repeating a command is safe: it answers as the first time.</summary>
public abstract record AccountCommand
{
    private protected AccountCommand()
    {
    }

    /// <summary>Create the account. Repeating it with the same id answers as the first time.</summary>
    public sealed record Open(string Id, string Name, AccountMode Mode, AccountLimits Limits) : AccountCommand<AccountView>;

    /// <param name="By">Scopes of whoever adds it: nobody gives what they do not have.</param>
    public sealed record AddKey(AccountKey Key, KeyScopes By = Scopes.All) : AccountCommand<AccountKey>;

    public sealed record UpdateKey(string Hash, KeyPatch Patch, KeyScopes By = Scopes.All) : AccountCommand<AccountKey>;

    /// <summary>Puts a new key in the place of one that goes on working until the grace ends.</summary>
    /// <param name="Next">Hash, label and time of the new key; all else is taken from the old one.</param>
    public sealed record RotateKey(string Hash, AccountKey Next, TimeSpan Grace, KeyScopes By = Scopes.All) : AccountCommand<AccountKey>;

    public sealed record RemoveKey(string Hash) : AccountCommand<AccountKey>;

    /// <summary>A key was used. Sent once an hour at most.</summary>
    public sealed record UseKey(string Hash) : AccountCommand<AccountKey>;

    public sealed record Grant(long Amount, string OperationId, string Reason) : AccountCommand<AccountView>;

    /// <param name="Amount">Above zero gives credits, below takes them, as far as they are available.</param>
    public sealed record Adjust(long Amount, string OperationId, string Reason) : AccountCommand<AccountView>;

    public sealed record Freeze(string Reason) : AccountCommand<AccountView>;

    public sealed record Unfreeze : AccountCommand<AccountView>;

    /// <summary>Sets where the ends of jobs are told that name no address themselves, or makes a new secret to sign with.</summary>
    /// <param name="Url">Null for nowhere.</param>
    /// <param name="Rotate">A new secret, and the address as it is; the old secret signs as well for a day.</param>
    public sealed record SetWebhooks(string? Url, bool Rotate = false) : AccountCommand<AccountView>;

    /// <param name="For">What it is for; the statement keeps it, so that history is read from the statement alone.</param>
    /// <param name="SentAt">When whoever sends it last made sure that the job is new; null is never too late.</param>
    /// <param name="Body">Hash of the request as it was sent. Where it is given, a repeat of a running request joins it.</param>
    /// <param name="Others">Further jobs of the same request, each for the same amount: all are reserved for, or none.</param>
    /// <param name="Apart">It joins nothing itself; its body is kept for those that will say that they repeat it.</param>
    public sealed record Reserve(
        string JobId, long Amount, string Fingerprint, Purchase? For = null, DateTimeOffset? SentAt = null, string? Body = null,
        ImmutableArray<string>? Others = null, bool Apart = false)
        : AccountCommand<ReservationReply>;

    /// <param name="Amount">Less than was reserved, and the rest is given back; more, or null, is all of it.</param>
    /// <param name="Model">Slug of the model that answered, where it is not the one that was reserved for.</param>
    /// <param name="ReservedAt">Which reservation of the job is meant: a late repeat's is another one. Null for any.</param>
    public sealed record Capture(string JobId, long? Amount = null, string? Model = null, DateTimeOffset? ReservedAt = null)
        : AccountCommand<ReservationReply>;

    /// <param name="ReservedAt">As for a capture.</param>
    public sealed record Release(string JobId, string Reason, DateTimeOffset? ReservedAt = null) : AccountCommand<ReservationReply>;

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
