using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Machines;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>The account's machine with the bug of this thread, which changes its input or its answer.</summary>
internal sealed class FlawedAccountMachine : IMachine<AccountState, AccountCommand, AccountEvent, AccountEffect>
{
    private static readonly TimeSpan ExpiresAfter = TimeSpan.FromSeconds(40);

    public static AccountState Initial => AccountMachine.Initial;

    public static AccountCommand Tick => AccountMachine.Tick;

    public static AccountDecision Decide(AccountState state, AccountCommand command, DateTimeOffset now) =>
        (Flaws.Current, command) switch
        {
            (Bug.ReserveNotRecognised, AccountCommand.Reserve c) =>
                AccountMachine.Decide(state with { Reservations = state.Reservations.Remove(c.JobId) }, c, now),
            (Bug.ResolutionForgotten, AccountCommand.Reserve c) =>
                AccountMachine.Decide(
                    state with { Tail = state.Tail.RemoveAll(entry => entry.JobId == c.JobId) }, c, now),
            (Bug.GrantNotRecognised, AccountCommand.Grant c) =>
                AccountMachine.Decide(
                    state with { Grants = state.Grants.Clear(), Operations = OperationLog.Empty }, c, now),
            (Bug.ConcurrencyNotCounted, AccountCommand.Reserve c) =>
                AccountMachine.Decide(state with { Limits = state.Limits with { Concurrency = int.MaxValue } }, c, now),
            (Bug.BalanceNotChecked, AccountCommand.Reserve c) =>
                AccountMachine.Decide(state with { Granted = state.Granted + 1000 }, c, now),
            (Bug.CaptureAndReleaseSwapped, AccountCommand.Capture c) =>
                AccountMachine.Decide(state, new AccountCommand.Release(c.JobId, "swapped"), now),
            (Bug.CaptureAndReleaseSwapped, AccountCommand.Release c) =>
                AccountMachine.Decide(state, new AccountCommand.Capture(c.JobId), now),
            (Bug.CaptureTakesAll, AccountCommand.Capture c) =>
                AccountMachine.Decide(state, c with { Amount = null }, now),
            (Bug.ReservationExpires, AccountCommand.Tick) => Expire(state, now),
            (Bug.JobsNeverDriven, AccountCommand.Tick) => Drop(AccountMachine.Decide(state, command, now)),
            (Bug.PageDroppedTwice, AccountCommand.ArchiveStored) =>
                AccountMachine.Decide(
                    state, new AccountCommand.ArchiveStored(state.Archived / StatementRules.PageSize), now),
            (Bug.PageDroppedUnstored, AccountCommand.Grant) => DropPage(AccountMachine.Decide(state, command, now)),
            _ => AccountMachine.Decide(state, command, now),
        };

    public static AccountState Evolve(AccountState state, AccountEvent @event)
    {
        var after = AccountMachine.Evolve(state, @event);
        return (Flaws.Current, @event) switch
        {
            (Bug.CaptureKeepsReservation, AccountEvent.Captured e) when state.Reservations.TryGetValue(
                e.JobId, out var open) =>
                after with { Reservations = after.Reservations.SetItem(e.JobId, open) },
            (Bug.ReleaseKeepsCredits, AccountEvent.Released) => after with { Reserved = state.Reserved },
            (Bug.SequenceReused, AccountEvent.Released) => after with { Sequence = state.Sequence },
            _ => after,
        };
    }

    public static ImmutableArray<AccountEffect> Pending(AccountState state) =>
        Flaws.Current == Bug.JobsNeverDriven ? [] : AccountMachine.Pending(state);

    public static DateTimeOffset? Due(AccountState state) => AccountMachine.Due(state);

    public static bool Unfinished(AccountState state) => AccountMachine.Unfinished(state);

    public static bool Durable(AccountEvent @event) =>
        AccountMachine.Durable(@event)
        && !(Flaws.Current == Bug.AbsenceNotWritten && @event is AccountEvent.NothingResolved);

    private static AccountDecision Expire(AccountState state, DateTimeOffset now)
    {
        var old = state.Reservations.Values.FirstOrDefault(reservation => now - reservation.At > ExpiresAfter);
        return AccountMachine.Decide(
            state, old is null ? AccountMachine.Tick : new AccountCommand.Release(old.JobId, "expired"), now);
    }

    private static AccountDecision Drop(AccountDecision decision) =>
        decision is AccountDecision.Accepted accepted ? accepted with { Effects = [] } : decision;

    private static AccountDecision DropPage(AccountDecision decision) =>
        decision is AccountDecision.Accepted accepted
            && accepted.Effects.Any(effect => effect is AccountEffect.ArchivePages)
            ? accepted with { Events = accepted.Events.Add(new AccountEvent.PageArchived(StatementRules.PageSize)),
                Effects = [] }
            : decision;
}
