using System.Collections.Immutable;
using System.Numerics;
using TryOn.Core.Errors;
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
    /// <summary>Entries in one archived statement page. The record keeps fewer than twice as many when all is well.</summary>
    public const int PageSize = 32;

    /// <summary>How old a reservation grows before its job is asked how it stands, and how often it is asked again.</summary>
    public static readonly TimeSpan DriveAfter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How old a request for a reservation may be: 60 seconds on the way, and 30 by which two clocks may differ. A later
    /// one may be for a job that is long over and has left the tail.
    /// </summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(90);

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
            AccountCommand.Reserve reserve => Reserve(state, reserve, now),
            AccountCommand.Capture capture => SettlementRules.Capture(state, capture, now),
            AccountCommand.Release release => SettlementRules.Release(state, release, now),
            AccountCommand.ArchiveStored stored => ArchiveStored(state, stored),
            AccountCommand.Tick => Drive(state, now),
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
        AccountEvent.Granted e => Append(
            CreditRules.Apply(state, EntryKind.Grant, e.Amount, e.OperationId, e.At),
            EntryKind.Grant, e.Amount, e.At, e.OperationId, jobId: null, e.Reason),
        AccountEvent.Adjusted e => Append(
            CreditRules.Apply(state, EntryKind.Adjust, e.Amount, e.OperationId, e.At),
            EntryKind.Adjust, e.Amount, e.At, e.OperationId, jobId: null, e.Reason),
        AccountEvent.WebhooksSet e => state with { Webhooks = e.Webhooks },
        AccountEvent.Frozen e => state with { Frozen = e.Freeze },
        AccountEvent.Unfrozen => state with { Frozen = null },
        AccountEvent.Reserved e => Append(
            state with
            {
                Reserved = state.Reserved + e.Reservation.Amount,
                Reservations = state.Reservations.SetItem(e.Reservation.JobId, e.Reservation),
                Keys = e.Reservation.Counted is { } counted
                    ? state.Keys.Reserve(counted, e.Reservation.Amount, e.Reservation.At)
                    : state.Keys,
                DrivenAt = state.Reservations.IsEmpty ? e.Reservation.At : state.DrivenAt,
            },
            EntryKind.Reserve, e.Reservation.Amount, e.Reservation.At, $"reserve:{e.Reservation.JobId}", e.Reservation.JobId,
            reason: null, e.Reservation.For),
        AccountEvent.Returned or AccountEvent.Captured or AccountEvent.Released => SettlementRules.Evolve(state, @event),
        AccountEvent.PageArchived e => state with { Tail = state.Tail.RemoveRange(0, e.Entries) },
        AccountEvent.Driven e => state with { DrivenAt = e.At },
        _ => state,
    };

    public static ImmutableArray<AccountEffect> Pending(AccountState state) =>
    [
        .. state.Reservations.Values.Select(reservation => new AccountEffect.DriveJob(reservation)),
        .. OldPages(state),
    ];

    public static DateTimeOffset? Due(AccountState state) =>
        state.Reservations.IsEmpty ? null : state.DrivenAt + DriveAfter;

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
            return AccountDecision.Reject(new Error(ErrorCode.InvalidRequest, "An account needs a mode and limits above zero."));
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

    private static AccountDecision Reserve(AccountState state, AccountCommand.Reserve reserve, DateTimeOffset now)
    {
        if (state.Reservations.TryGetValue(reserve.JobId, out var open))
        {
            return open.Fingerprint == reserve.Fingerprint && open.Amount == reserve.Amount
                ? AccountDecision.Repeat(new ReservationReply(reserve.JobId, ReservationOutcome.Open, Repeated: true) { At = open.At })
                : AccountDecision.Reject(new Error(
                    ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request."));
        }

        if (Resolution(state, reserve.JobId) is { } resolved)
            return AccountDecision.Repeat(resolved);
        if (state.Frozen is not null)
            return AccountDecision.Reject(Error.Frozen);
        if (now - reserve.SentAt > LateAfter)
            return AccountDecision.Reject(Error.Late);
        if (Repeats.Running(state, reserve, now) is { } running)
        {
            return AccountDecision.Repeat(
                new ReservationReply(running.RequestId, ReservationOutcome.Open, Repeated: true) { At = running.At });
        }

        if (reserve.Amount <= 0)
            return AccountDecision.Reject(new Error(ErrorCode.InvalidRequest, "A reservation is above zero credits."));
        // A further job may have outlived the first one's place in the tail; it is reserved for once all the same.
        var jobs = GroupRules.Jobs(reserve).RemoveAll(
            id => state.Reservations.ContainsKey(id) || Resolution(state, id) is not null);
        return GroupRules.Refuse(state, reserve, jobs.Length, now) is { } refusal
            ? AccountDecision.Reject(refusal)
            : Statement(
                state, GroupRules.Reservations(state, reserve, jobs, now),
                _ => new ReservationReply(reserve.JobId, ReservationOutcome.Open, Repeated: false) { At = now });
    }

    private static AccountDecision ArchiveStored(AccountState state, AccountCommand.ArchiveStored stored)
    {
        if (stored.First != state.Archived / PageSize || state.Tail.Count < stored.Pages * PageSize)
            return AccountDecision.Repeat(View(state));
        var archived = new AccountEvent.PageArchived(stored.Pages * PageSize);
        var after = Evolve(state, archived);
        return AccountDecision.Accept(View(after), [archived], [.. OldPages(after)]);
    }

    private static AccountDecision Drive(AccountState state, DateTimeOffset now)
    {
        if (Due(state) is not { } due || now < due)
            return AccountDecision.Repeat(View(state));
        var old = state.Reservations.Values.Where(reservation => now - reservation.At >= DriveAfter);
        return AccountDecision.Accept(
            View(state), [new AccountEvent.Driven(now)], [.. old.Select(r => new AccountEffect.DriveJob(r))]);
    }

    /// <summary>
    /// Accepts statement entries, and asks for pages to be archived at two pages' worth. Those that gather meanwhile are
    /// asked for together once these are stored, or when there are twice as many, should these never be.
    /// </summary>
    public static AccountDecision Statement(AccountState state, AccountEvent entry, Func<AccountState, object> reply) =>
        Statement(state, [entry], reply);

    internal static AccountDecision Statement(
        AccountState state, ImmutableArray<AccountEvent> entries, Func<AccountState, object> reply)
    {
        var (after, gathered) = (state, false);
        foreach (var entry in entries)
        {
            after = Evolve(after, entry);
            var pages = after.Tail.Count / PageSize;
            gathered |= after.Tail.Count == pages * PageSize && BitOperations.IsPow2(pages);
        }

        return AccountDecision.Accept(reply(after), [.. entries], [.. gathered ? OldPages(after) : []]);
    }

    /// <summary>All full pages but the newest, which answers what was just decided.</summary>
    private static IEnumerable<AccountEffect> OldPages(AccountState state) =>
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
            state.Sequence + 1, at, kind, amount, state.Available, state.Reserved, operationId, jobId, reason, purchase);
        var linked = entry with { Chain = StatementChain.Link(state.Chain, entry) };
        return state with { Sequence = linked.Sequence, Chain = linked.Chain, Tail = state.Tail.Add(linked) };
    }
}
