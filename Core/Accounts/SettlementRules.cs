using System.Collections.Immutable;
using TryOn.Core.Errors;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>
/// How a reservation is resolved. The reserved amount is the price of the most expensive model that may answer, so a
/// capture may be for less: then the difference is released first, in its own entry, and the remainder is captured in
/// full. Each entry moves one amount in one direction, and a job's last entry says how its reservation ended. Part of
/// <see cref="AccountMachine"/>.
/// </summary>
public static class SettlementRules
{
    /// <summary>The statement's reason for the part that is released when a cheaper model answered.</summary>
    public const string CheaperModel = "the model that answered costs less";

    public static AccountDecision Capture(AccountState state, AccountCommand.Capture capture, DateTimeOffset now)
    {
        if (FindOpen(state, capture.JobId, capture.ReservedAt) is not { } open)
            return ReplyResolved(state, capture.JobId, capture.ReservedAt);
        if (capture.Amount <= 0)
            return AccountDecision.Reject(
                new Error(ErrorCode.InvalidRequest, "A capture is above zero credits.", "amount"));
        // Never more than was reserved. Refusing the capture would hold the credits forever; the audit reports the
        // difference.
        var amount = Math.Min(capture.Amount ?? open.Amount, open.Amount);

        var captured = new AccountEvent.Captured(capture.JobId, now, capture.Model);
        return Close(
            state, capture.JobId, ReservationOutcome.Captured,
            amount < open.Amount
                ? [new AccountEvent.Returned(capture.JobId, open.Amount - amount, now), captured]
                : [captured]);
    }

    public static AccountDecision Release(AccountState state, AccountCommand.Release release, DateTimeOffset now) =>
        FindOpen(state, release.JobId, release.ReservedAt) is not null
            ? Close(
                state, release.JobId, ReservationOutcome.Released,
                [new AccountEvent.Released(release.JobId, release.Reason, now)])
            : ReplyResolved(state, release.JobId, release.ReservedAt);

    public static AccountState Evolve(AccountState state, AccountEvent @event) => @event switch
    {
        AccountEvent.Returned e when state.Reservations.TryGetValue(e.JobId, out var open) => ReleasePart(
            state, open, e.Amount, open with { Amount = open.Amount - e.Amount }, e.At, CheaperModel),
        AccountEvent.Released e when state.Reservations.TryGetValue(e.JobId, out var open) => ReleasePart(
            state, open, open.Amount, rest: null, e.At, e.Reason),
        AccountEvent.Captured e when state.Reservations.TryGetValue(e.JobId, out var open) => StatementRules.Append(
            state with
            {
                Reserved = state.Reserved - open.Amount,
                Captured = state.Captured + open.Amount,
                Reservations = state.Reservations.Remove(e.JobId),
            },
            EntryKind.Capture, open.Amount, e.At, $"capture:{e.JobId}", e.JobId, reason: null,
            WithModel(open.For, e.Model)),
        _ => state,
    };

    /// <param name="rest">The remaining reservation; null if nothing remains.</param>
    private static AccountState ReleasePart(
        AccountState state, Reservation open, long amount, Reservation? rest, DateTimeOffset at, string reason) =>
        StatementRules.Append(
            state with
            {
                Reserved = state.Reserved - amount,
                Reservations = rest is null
                    ? state.Reservations.Remove(open.JobId)
                    : state.Reservations.SetItem(open.JobId, rest),
                Keys = open.Counted is { } counted ? state.Keys.Release(counted, amount) : state.Keys,
            },
            EntryKind.Release, amount, at, $"release:{open.JobId}", open.JobId, reason, open.For);

    private static Purchase? WithModel(Purchase? purchase, string? model) =>
        purchase is null || model is null ? purchase : purchase with { Model = model };

    /// <summary>
    /// A job knows which reservation it was started with. A late repeat of its request may have opened another one,
    /// which this job must not resolve.
    /// </summary>
    private static Reservation? FindOpen(AccountState state, string jobId, DateTimeOffset? at) =>
        state.Reservations.TryGetValue(jobId, out var open) && (at is null || at == open.At) ? open : null;

    private static AccountDecision ReplyResolved(AccountState state, string jobId, DateTimeOffset? at) =>
        StatementRules.Resolution(jobId, NewestEntry(state, jobId, at)) is { } resolved
            ? AccountDecision.Repeat(resolved)
            : AccountDecision.Accept(
                new ReservationReply(jobId, ReservationOutcome.Unknown, Repeated: true),
                [new AccountEvent.NothingResolved(jobId)]);

    /// <summary>
    /// The newest entry of this reservation of the job. A late repeat of the request may have opened another
    /// reservation, whose entries are skipped. The entry that opened this one may have left the tail already.
    /// </summary>
    private static StatementEntry? NewestEntry(AccountState state, string jobId, DateTimeOffset? at)
    {
        var entries = state.Tail.FindAll(entry => entry.JobId == jobId);
        if (at is null)
            return entries.LastOrDefault();
        var opened = entries.FindIndex(entry => entry.Kind == EntryKind.Reserve && entry.At == at);
        return entries.Skip(opened + 1).TakeWhile(entry => entry.Kind != EntryKind.Reserve).LastOrDefault();
    }

    private static AccountDecision Close(
        AccountState state, string jobId, ReservationOutcome outcome, ImmutableArray<AccountEvent> end) =>
        StatementRules.Accept(state, end, _ => new ReservationReply(jobId, outcome, Repeated: false));
}
