using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Machines;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>
/// The rules of money. A reservation is opened once and resolved once:
/// <code>
/// command   reservation open          resolved, in the tail     never seen
/// Reserve   repeat | conflict         repeat the resolution     open, or refuse: frozen, late, concurrency, credits
/// Capture   captured, rest released   repeat                    unknown
/// Release   released                  repeat                    unknown
/// </code>
/// </summary>
public sealed class AccountMachine : IMachine<AccountState, AccountCommand, AccountEvent, AccountEffect>
{
    /// <summary>
    /// How old a reservation grows before its job is asked how it stands, and how often it is asked again.
    /// </summary>
    public static readonly TimeSpan ReconcileAfter = TimeSpan.FromSeconds(30);

    public static AccountState Initial { get; } = new();

    public static AccountCommand Tick { get; } = new AccountCommand.Tick();

    public static AccountDecision Decide(AccountState state, AccountCommand command, DateTimeOffset now)
    {
        if (command is not AccountCommand.Open && !state.Exists)
            return AccountDecision.Reject(Error.NoSuchAccount);
        return command switch
        {
            AccountCommand.Open open => Open(state, open, now),
            AccountCommand.AddKey add => KeyRules.Add(state, add, now),
            AccountCommand.UpdateKey update => KeyRules.Update(state, update, now),
            AccountCommand.RotateKey rotate => KeyRules.Rotate(state, rotate, now),
            AccountCommand.RemoveKey remove => KeyRules.Remove(state, remove),
            AccountCommand.UseKey use => KeyRules.Use(state, use, now),
            AccountCommand.Grant grant => CreditRules.Grant(state, grant, now),
            AccountCommand.Adjust adjust => CreditRules.Adjust(state, adjust, now),
            AccountCommand.Freeze freeze => Freeze(
                state, state.Frozen is null ? new AccountEvent.Frozen(new Freeze(now, freeze.Reason)) : null),
            AccountCommand.Unfreeze => Freeze(state, state.Frozen is null ? null : new AccountEvent.Unfrozen()),
            AccountCommand.SetWebhooks set => SetWebhooks(state, set, now),
            AccountCommand.Reserve reserve => ReservationRules.Reserve(state, reserve, now),
            AccountCommand.Capture capture => SettlementRules.Capture(state, capture, now),
            AccountCommand.Release release => SettlementRules.Release(state, release, now),
            AccountCommand.ArchiveStored stored => StatementRules.ArchiveStored(state, stored),
            AccountCommand.Tick => Reconcile(state, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command)),
        };
    }

    public static AccountState Evolve(AccountState state, AccountEvent @event) => @event switch
    {
        AccountEvent.Opened e => state with
        {
            Id = e.Id, Name = e.Name, Mode = e.Mode, Limits = e.Limits, CreatedAt = e.At,
        },
        AccountEvent.KeyAdded or AccountEvent.KeyUpdated or AccountEvent.KeyRotated or AccountEvent.KeyRemoved
            or AccountEvent.KeyUsed => KeyRules.Evolve(state, @event),
        AccountEvent.Granted e => StatementRules.Append(
            CreditRules.Apply(state, EntryKind.Grant, e.Amount, e.OperationId, e.At),
            EntryKind.Grant, e.Amount, e.At, e.OperationId, jobId: null, e.Reason),
        AccountEvent.Adjusted e => StatementRules.Append(
            CreditRules.Apply(state, EntryKind.Adjust, e.Amount, e.OperationId, e.At),
            EntryKind.Adjust, e.Amount, e.At, e.OperationId, jobId: null, e.Reason),
        AccountEvent.WebhooksSet e => state with { Webhooks = e.Webhooks },
        AccountEvent.Frozen e => state with { Frozen = e.Freeze },
        AccountEvent.Unfrozen => state with { Frozen = null },
        AccountEvent.Reserved e => ReservationRules.Evolve(state, e),
        AccountEvent.Returned or AccountEvent.Captured or AccountEvent.Released =>
            SettlementRules.Evolve(state, @event),
        AccountEvent.PageArchived e => state with { Tail = state.Tail.RemoveRange(0, e.Entries) },
        AccountEvent.Reconciled e => state with { DrivenAt = e.At },
        _ => state,
    };

    public static ImmutableArray<AccountEffect> Pending(AccountState state) =>
    [
        .. state.Reservations.Values.Select(reservation => new AccountEffect.ReconcileReservation(reservation)),
        .. StatementRules.OldPages(state),
    ];

    public static DateTimeOffset? Due(AccountState state) =>
        state.Reservations.IsEmpty ? null : state.DrivenAt + ReconcileAfter;

    public static bool Unfinished(AccountState state) => !state.Reservations.IsEmpty;

    public static bool Durable(AccountEvent @event) => true;

    public static AccountView View(AccountState state) => new(
        state.Id, state.Name, state.Mode, state.CreatedAt, state.Available, state.Reserved, state.Captured,
        state.Granted, state.Reservations.Count, state.Limits, state.Chain, state.Frozen)
    {
        Webhooks = state.Webhooks ?? AccountWebhooks.None,
    };

    private static AccountDecision Open(AccountState state, AccountCommand.Open open, DateTimeOffset now)
    {
        if (state.Exists)
            return AccountDecision.Repeat(View(state));
        if (open.Mode == AccountMode.None || !open.Limits.IsValid())
            return AccountDecision.Reject(
                new Error(ErrorCode.InvalidRequest, "An account needs a mode and limits above zero."));
        var opened = new AccountEvent.Opened(open.Id, open.Name, open.Mode, open.Limits, now);
        return AccountDecision.Accept(View(Evolve(state, opened)), [opened]);
    }

    private static AccountDecision Freeze(AccountState state, AccountEvent? change)
    {
        if (change is null)
            return AccountDecision.Repeat(View(state));
        return AccountDecision.Accept(View(Evolve(state, change)), [change]);
    }

    private static AccountDecision SetWebhooks(AccountState state, AccountCommand.SetWebhooks set, DateTimeOffset now)
    {
        var before = state.Webhooks ?? AccountWebhooks.None;
        var after = !set.Rotate ? before with { Url = set.Url }
            : before.Rotates(now) ? before with { Generation = before.Generation + 1, RotatedAt = now }
            : before;
        if (after == before)
            return AccountDecision.Repeat(View(state));
        var changed = new AccountEvent.WebhooksSet(after);
        return AccountDecision.Accept(View(Evolve(state, changed)), [changed]);
    }

    private static AccountDecision Reconcile(AccountState state, DateTimeOffset now)
    {
        if (Due(state) is not { } due || now < due)
            return AccountDecision.Repeat(View(state));
        var old = state.Reservations.Values.Where(reservation => now - reservation.At >= ReconcileAfter);
        return AccountDecision.Accept(
            View(state), [new AccountEvent.Reconciled(now)],
            [.. old.Select(r => new AccountEffect.ReconcileReservation(r))]);
    }
}
