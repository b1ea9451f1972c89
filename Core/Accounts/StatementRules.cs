using System.Collections.Immutable;
using System.Numerics;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>
/// The entries of a statement: appended one after the other, linked into a chain, and moved in pages from the account's
/// record to the archive. Part of <see cref="AccountMachine"/>.
/// </summary>
public static class StatementRules
{
    /// <summary>
    /// Entries in one archived statement page. The record keeps fewer than twice as many when all is well.
    /// </summary>
    public const int PageSize = 32;

    internal static AccountDecision ArchiveStored(AccountState state, AccountCommand.ArchiveStored stored)
    {
        if (stored.First != state.Archived / PageSize || state.Tail.Count < stored.Pages * PageSize)
            return AccountDecision.Repeat(AccountMachine.View(state));
        var archived = new AccountEvent.PageArchived(stored.Pages * PageSize);
        var after = AccountMachine.Evolve(state, archived);
        return AccountDecision.Accept(AccountMachine.View(after), [archived], [.. OldPages(after)]);
    }

    /// <summary>
    /// Accepts statement entries, and asks for pages to be archived at two pages' worth. Those that gather meanwhile
    /// are asked for together once these are stored, or when there are twice as many, should these never be.
    /// </summary>
    internal static AccountDecision Accept(AccountState state, AccountEvent entry, Func<AccountState, object> reply) =>
        Accept(state, [entry], reply);

    internal static AccountDecision Accept(
        AccountState state, ImmutableArray<AccountEvent> entries, Func<AccountState, object> reply)
    {
        var (after, gathered) = (state, false);
        foreach (var entry in entries)
        {
            after = AccountMachine.Evolve(after, entry);
            var pages = after.Tail.Count / PageSize;
            gathered |= after.Tail.Count == pages * PageSize && BitOperations.IsPow2(pages);
        }

        return AccountDecision.Accept(reply(after), [.. entries], [.. gathered ? OldPages(after) : []]);
    }

    /// <summary>All full pages but the newest, which answers what was just decided.</summary>
    internal static IEnumerable<AccountEffect> OldPages(AccountState state) =>
        state.Tail.Count >= 2 * PageSize
            ? [new AccountEffect.ArchivePages(
                state.Archived / PageSize, state.Tail.GetRange(0, ((state.Tail.Count / PageSize) - 1) * PageSize))]
            : [];

    internal static ReservationReply? Resolution(AccountState state, string jobId) =>
        Resolution(jobId, state.Tail.FindLast(entry => entry.JobId == jobId));

    internal static ReservationReply? Resolution(string jobId, StatementEntry? newest) =>
        newest?.Kind switch
        {
            EntryKind.Capture => new ReservationReply(jobId, ReservationOutcome.Captured, Repeated: true),
            EntryKind.Release => new ReservationReply(jobId, ReservationOutcome.Released, Repeated: true),
            _ => null,
        };

    /// <summary>The state, whose figures have moved already, with the entry that says so.</summary>
    internal static AccountState Append(
        AccountState state, EntryKind kind, long amount, DateTimeOffset at, string operationId, string? jobId,
        string? reason = null, Purchase? purchase = null)
    {
        var entry = new StatementEntry(
            state.Sequence + 1, at, kind, amount, state.Available, state.Reserved, operationId, jobId, reason,
            purchase);
        var linked = entry with { Chain = StatementChain.Link(state.Chain, entry) };
        return state with { Sequence = linked.Sequence, Chain = linked.Chain, Tail = state.Tail.Add(linked) };
    }
}
