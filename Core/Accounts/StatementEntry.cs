namespace TryOn.Core.Accounts;

public enum EntryKind
{
    None = 0,
    Grant = 1,
    Reserve = 2,
    Capture = 3,
    Release = 4,
    Adjust = 5,
}

/// <summary>One line of an account's history. Written once, never changed.</summary>
/// <param name="Sequence">Gap-free from 1.</param>
/// <param name="Amount">Credits. Positive, and the kind says which way they went; an adjustment that took some is negative.</param>
/// <param name="Available">Credits the account could still spend after this entry.</param>
/// <param name="Reserved">Credits held for running jobs after this entry.</param>
/// <param name="For">Of a reservation and of its end; null for a grant.</param>
/// <param name="Chain">Links it to the entry before, see <see cref="StatementChain"/>; null in entries older than the chain.</param>
public sealed record StatementEntry(
    long Sequence,
    DateTimeOffset At,
    EntryKind Kind,
    long Amount,
    long Available,
    long Reserved,
    string OperationId,
    string? JobId = null,
    string? Reason = null,
    Purchase? For = null,
    string? Chain = null);
