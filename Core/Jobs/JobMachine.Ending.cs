using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>
/// What remains to be done once a job has ended: settling its reservation, and notifying its webhook.
/// </summary>
public sealed partial class JobMachine
{
    private static readonly TimeSpan SettleRetryMin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// An account whose silo died is back within half a minute, and settlement should not wait much longer.
    /// </summary>
    private static readonly TimeSpan SettleRetryMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan NoticeRetry = TimeSpan.FromSeconds(2);

    private static JobDecision SettleAndNotify(JobState state, DateTimeOffset now)
    {
        var (settles, notifies) = (
            state.Settlement == Settlement.None && state.NextAt <= now, state.OwesNotice && state.NoticeAt <= now);
        return Accept(
            state,
            [
                .. settles ? (JobEvent[])[new JobEvent.Asked()] : [],
                .. notifies ? (JobEvent[])[new JobEvent.NoticeDeferred(Until: null)] : [],
            ],
            [.. settles ? (JobEffect[])[Settle(state)] : [], .. notifies ? (JobEffect[])[Notice(state)] : []]);
    }

    private static JobDecision GetSettlement(JobState state, JobCommand.GetSettlement query, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
        {
            return now - query.ReservedAt < StartMax
                ? JobDecision.Repeat(new SettlementDue(Settlement.None))
                : JobDecision.Accept(
                    new SettlementDue(Settlement.Released), [new JobEvent.NeverStarted(query.Id, now)]);
        }

        return JobDecision.Repeat(state switch
        {
            // A late repeat of the request opened another reservation, which pays for nothing.
            { Spec.ReservedAt: { } own } when own != query.ReservedAt => new SettlementDue(Settlement.Released),
            { Ended: false } => new SettlementDue(Settlement.None),
            // The job's own reservation is resolved: an open one belongs to a late repeat and must not be captured too.
            { Settlement: not Settlement.None } => new SettlementDue(Settlement.Released),
            _ => new SettlementDue(SettlementOf(state.Status), Price(state), SubstituteModel(state)),
        });
    }

    private static JobDecision AccountAnswered(JobState state, JobCommand.AccountAnswered answered, DateTimeOffset now)
    {
        if (!state.Ended || state.Settlement != Settlement.None)
            return JobDecision.Repeat(View(state));
        return answered.Settlement == Settlement.None
            ? Defer(state, now + SettleRetry(state, now))
            : Accept(state, [new JobEvent.Settled(answered.Settlement)]);
    }

    /// <summary>
    /// Waits as long again as the settlement has been due, so the delay doubles without a stored retry count.
    /// </summary>
    private static TimeSpan SettleRetry(JobState ended, DateTimeOffset now) =>
        now - ended.EndedAt is not { } owed || owed < SettleRetryMin ? SettleRetryMin
        : owed < SettleRetryMax ? owed
        : SettleRetryMax;

    private static JobDecision Noticed(JobState state, JobCommand.Noticed noticed, DateTimeOffset now)
    {
        if (!state.OwesNotice)
            return JobDecision.Repeat(View(state));
        return Accept(state, [noticed.Held ? new JobEvent.Noticed() : new JobEvent.NoticeDeferred(now + NoticeRetry)]);
    }

    /// <summary>
    /// A postponed settlement or notice is left to the tick, so that it is not started twice after a crash.
    /// </summary>
    private static JobEffect[] EndEffects(JobState ended) =>
    [
        new JobEffect.LeaveGate(ended.Fallback), .. ended.NextAt is null ? (JobEffect[])[Settle(ended)] : [],
        new JobEffect.DeleteInputs(),
        .. ended is { OwesNotice: true, NoticeAt: null } ? (JobEffect[])[Notice(ended)] : [],
    ];

    private static JobEffect.Notice Notice(JobState ended) => new(ended.Spec!.Webhook!);

    private static JobEffect.Settle Settle(JobState ended) =>
        new(SettlementOf(ended.Status), Price(ended), SubstituteModel(ended));

    /// <summary>
    /// The price of the model that answered. It is given even if it equals the reservation's amount, because the
    /// reservation may have been opened under other prices.
    /// </summary>
    private static long? Price(JobState ended) => ended.Status == JobStatus.Succeeded ? Route(ended)!.Credits : null;

    /// <summary>
    /// The model that answered instead of the requested one and is paid for; null if the requested one answered.
    /// </summary>
    private static string? SubstituteModel(JobState ended) =>
        ended is { Status: JobStatus.Succeeded, Spec: { } spec } && Route(ended)!.Model != spec.Model
            ? Route(ended)!.Model
            : null;

    private static Settlement SettlementOf(JobStatus ended) =>
        ended == JobStatus.Succeeded ? Settlement.Captured : Settlement.Released;
}
