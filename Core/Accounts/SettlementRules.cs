using System.Collections.Immutable;
using TryOn.Core.Errors;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>
/// How a reservation ends. What is reserved is the price of the dearest model that may answer, so a capture may be of less:
/// then the rest is released first, by an entry of its own, and what is left is captured whole. Each entry moves one amount
/// one way, and a job's last entry says how it ended. Part of <see cref="AccountMachine"/>.
/// </summary>
public static class SettlementRules
{
    /// <summary>What the statement says of the part that is given back.</summary>
    public const string Cheaper = "the model that answered costs less";

    public static AccountDecision Capture(AccountState state, AccountCommand.Capture capture, DateTimeOffset now)
    {
        if (Open(state, capture.JobId, capture.ReservedAt) is not { } open)
            return Resolved(state, capture.JobId, capture.ReservedAt);
        if (capture.Amount <= 0)
            return AccountDecision.Reject(new Error(ErrorCode.InvalidRequest, "A capture is above zero credits.", "amount"));
        // What was not set aside cannot be taken. Refusing it would hold the credits for ever; the audit tells of it.
        var amount = Math.Min(capture.Amount ?? open.Amount, open.Amount);

        var captured = new AccountEvent.Captured(capture.JobId, now, capture.Model);
        return Close(
            state, capture.JobId, ReservationOutcome.Captured,
            amount < open.Amount
                ? [new AccountEvent.Returned(capture.JobId, open.Amount - amount, now), captured]
                : [captured]);
    }

    public static AccountDecision Release(AccountState state, AccountCommand.Release release, DateTimeOffset now) =>
        Open(state, release.JobId, release.ReservedAt) is not null
            ? Close(
                state, release.JobId, ReservationOutcome.Released,
                [new AccountEvent.Released(release.JobId, release.Reason, now)])
            : Resolved(state, release.JobId, release.ReservedAt);

    public static AccountState Evolve(AccountState state, AccountEvent @event) => @event switch
    {
        AccountEvent.Returned e when state.Reservations.TryGetValue(e.JobId, out var open) => Freed(
            state, open, e.Amount, open with { Amount = open.Amount - e.Amount }, e.At, Cheaper),
        AccountEvent.Released e when state.Reservations.TryGetValue(e.JobId, out var open) => Freed(
            state, open, open.Amount, rest: null, e.At, e.Reason),
        AccountEvent.Captured e when state.Reservations.TryGetValue(e.JobId, out var open) => AccountMachine.Append(
            state with
            {
                Reserved = state.Reserved - open.Amount,
                Captured = state.Captured + open.Amount,
                Reservations = state.Reservations.Remove(e.JobId),
            },
            EntryKind.Capture, open.Amount, e.At, $"capture:{e.JobId}", e.JobId, reason: null, Answered(open.For, e.Model)),
        _ => state,
    };

    /// <param name="rest">What stays reserved; null for nothing.</param>
    private static AccountState Freed(
        AccountState state, Reservation open, long amount, Reservation? rest, DateTimeOffset at, string reason) =>
        AccountMachine.Append(
            state with
            {
                Reserved = state.Reserved - amount,
                Reservations = rest is null ? state.Reservations.Remove(open.JobId) : state.Reservations.SetItem(open.JobId, rest),
                Keys = open.Counted is { } counted ? state.Keys.Release(counted, amount) : state.Keys,
            },
            EntryKind.Release, amount, at, $"release:{open.JobId}", open.JobId, reason, open.For);

    private static Purchase? Answered(Purchase? purchase, string? model) =>
        purchase is null || model is null ? purchase : purchase with { Model = model };

    /// <summary>
    /// A job knows which reservation it was begun with. A repeat of its request that comes late may have opened another one,
    /// and that is not the job's to take.
    /// </summary>
    private static Reservation? Open(AccountState state, string jobId, DateTimeOffset? at) =>
        state.Reservations.TryGetValue(jobId, out var open) && (at is null || at == open.At) ? open : null;

    private static AccountDecision Resolved(AccountState state, string jobId, DateTimeOffset? at) =>
        AccountMachine.Resolution(jobId, Newest(state, jobId, at)) is { } resolved
            ? AccountDecision.Repeat(resolved)
            : AccountDecision.Accept(
                new ReservationReply(jobId, ReservationOutcome.Unknown, Repeated: true),
                [new AccountEvent.NothingResolved(jobId)]);

    /// <summary>
    /// The newest entry of one of a job's reservations, and not of another one, which a late repeat of its request has
    /// opened. The entry by which it was opened itself may have left the tail already.
    /// </summary>
    private static StatementEntry? Newest(AccountState state, string jobId, DateTimeOffset? at)
    {
        var entries = state.Tail.FindAll(entry => entry.JobId == jobId);
        if (at is null)
            return entries.LastOrDefault();
        var opened = entries.FindIndex(entry => entry.Kind == EntryKind.Reserve && entry.At == at);
        return entries.Skip(opened + 1).TakeWhile(entry => entry.Kind != EntryKind.Reserve).LastOrDefault();
    }

    private static AccountDecision Close(
        AccountState state, string jobId, ReservationOutcome outcome, ImmutableArray<AccountEvent> end) =>
        AccountMachine.Statement(state, end, _ => new ReservationReply(jobId, outcome, Repeated: false));
}
