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

/// <summary>One entry of an account's history. Never changed once written.</summary>
/// <param name="Sequence">Counts from 1 without gaps.</param>
/// <param name="Amount">Credits. Positive, with the direction given by the kind; an adjustment that removed credits is
/// negative.</param>
/// <param name="Available">Credits the account could still spend after this entry.</param>
/// <param name="Reserved">Credits held for running jobs after this entry.</param>
/// <param name="For">What the credits are for, in the entries of a reservation; null for a grant or an
/// adjustment.</param>
/// <param name="Chain">Hash that links this entry to the one before, see <see cref="StatementChain"/>; null in entries
/// older than the chain.</param>
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
