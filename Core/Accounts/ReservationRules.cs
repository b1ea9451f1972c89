using TryOn.Core.Errors;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>
/// How a reservation is opened, by one request and by its repeats; <see cref="SettlementRules"/> say how it ends. Part
/// of <see cref="AccountMachine"/>.
/// </summary>
public static class ReservationRules
{
    /// <summary>
    /// How old a request for a reservation may be: 60 seconds on the way, and 30 by which two clocks may differ. A
    /// later one may be for a job that is long over and has left the tail.
    /// </summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(90);

    public static AccountDecision Reserve(AccountState state, AccountCommand.Reserve reserve, DateTimeOffset now)
    {
        if (state.Reservations.TryGetValue(reserve.JobId, out var open))
        {
            return open.Fingerprint == reserve.Fingerprint && open.Amount == reserve.Amount
                ? AccountDecision.Repeat(
                    new ReservationReply(reserve.JobId, ReservationOutcome.Open, Repeated: true) { At = open.At })
                : AccountDecision.Reject(new Error(
                    ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request."));
        }

        if (StatementRules.Resolution(state, reserve.JobId) is { } resolved)
            return AccountDecision.Repeat(resolved);
        if (state.Frozen is not null)
            return AccountDecision.Reject(Error.Frozen);
        if (now - reserve.SentAt > LateAfter)
            return AccountDecision.Reject(Error.Late);
        if (RetryDetection.FindRunning(state, reserve, now) is { } running)
        {
            return AccountDecision.Repeat(
                new ReservationReply(running.RequestId, ReservationOutcome.Open, Repeated: true) { At = running.At });
        }

        if (reserve.Amount <= 0)
            return AccountDecision.Reject(new Error(ErrorCode.InvalidRequest, "A reservation is above zero credits."));
        // A further job may have outlived the first one's place in the tail; it is reserved for once all the same.
        var jobs = GroupRules.Jobs(reserve).RemoveAll(
            id => state.Reservations.ContainsKey(id) || StatementRules.Resolution(state, id) is not null);
        return GroupRules.Refuse(state, reserve, jobs.Length, now) is { } refusal
            ? AccountDecision.Reject(refusal)
            : StatementRules.Accept(
                state, GroupRules.Reservations(state, reserve, jobs, now),
                _ => new ReservationReply(reserve.JobId, ReservationOutcome.Open, Repeated: false) { At = now });
    }

    internal static AccountState Evolve(AccountState state, AccountEvent.Reserved reserved)
    {
        var opened = reserved.Reservation;
        return StatementRules.Append(
            state with
            {
                Reserved = state.Reserved + opened.Amount,
                Reservations = state.Reservations.SetItem(opened.JobId, opened),
                Keys = opened.Counted is { } counted
                    ? state.Keys.Reserve(counted, opened.Amount, opened.At)
                    : state.Keys,
                DrivenAt = state.Reservations.IsEmpty ? opened.At : state.DrivenAt,
            },
            EntryKind.Reserve, opened.Amount, opened.At, $"reserve:{opened.JobId}", opened.JobId, reason: null,
            opened.For);
    }
}
