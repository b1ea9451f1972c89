using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

public abstract record AccountCommand
{
    private AccountCommand()
    {
    }

    /// <summary>Create the account. Repeating it with the same id answers as the first time.</summary>
    public sealed record Open(string Id, string Name, AccountMode Mode, AccountLimits Limits) : AccountCommand;

    public sealed record AddKey(AccountKey Key) : AccountCommand;

    public sealed record Grant(long Amount, string OperationId, string Reason) : AccountCommand;

    /// <param name="For">What it is for; the statement keeps it, so that history is read from the statement alone.</param>
    /// <param name="Body">Hash of the request as it was sent. Where it is given, a repeat of a running request joins it.</param>
    public sealed record Reserve(string JobId, long Amount, string Fingerprint, Purchase? For = null, string? Body = null)
        : AccountCommand;

    public sealed record Capture(string JobId) : AccountCommand;

    public sealed record Release(string JobId, string Reason) : AccountCommand;

    public sealed record ArchiveStored(long Number) : AccountCommand;

    public sealed record Tick : AccountCommand;
}
