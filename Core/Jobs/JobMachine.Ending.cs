using TryOn.Core.Errors;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>What a job that has ended still owes: its money's settlement, and word to whoever is to be told.</summary>
public sealed partial class JobMachine
{
    private static readonly TimeSpan SettleRetryMin = TimeSpan.FromSeconds(1);

    /// <summary>An account whose silo has died is back within half a minute, and its money should not wait much longer.</summary>
    private static readonly TimeSpan SettleRetryMax = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan NoticeRetry = TimeSpan.FromSeconds(2);

    private static JobDecision PayDue(JobState state, DateTimeOffset now)
    {
        var (settles, notifies) = (state.Settlement == Settlement.None && state.NextAt <= now, state.OwesNotice && state.NoticeAt <= now);
        return Accept(
            state,
            [
                .. settles ? (JobEvent[])[new JobEvent.Asked()] : [],
                .. notifies ? (JobEvent[])[new JobEvent.NoticeDeferred(Until: null)] : [],
            ],
            [.. settles ? (JobEffect[])[Settle(state)] : [], .. notifies ? (JobEffect[])[Notice(state)] : []]);
    }

    private static JobDecision Judge(JobState state, JobCommand.Judge judge, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
        {
            return now - judge.ReservedAt < StartMax
                ? JobDecision.Repeat(new Verdict(Settlement.None))
                : JobDecision.Accept(
                    new Verdict(Settlement.Released), [new JobEvent.NeverStarted(judge.Id, now)]);
        }

        return JobDecision.Repeat(state switch
        {
            // A late repeat of its request has opened another one, which pays for nothing.
            { Spec.ReservedAt: { } own } when own != judge.ReservedAt => new Verdict(Settlement.Released),
            { Ended: false } => new Verdict(Settlement.None),
            // Its own reservation is resolved: one still open is a late repeat's, and must not be captured as well.
            { Settlement: not Settlement.None } => new Verdict(Settlement.Released),
            _ => new Verdict(Owed(state.Status), Price(state), Substitute(state)),
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

    /// <summary>As long again as it has been owed: so the wait doubles, and no count need be kept.</summary>
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

    /// <summary>What has been put off is left to the tick, so that no crash brings it about twice at once.</summary>
    private static JobEffect[] Farewell(JobState ended) =>
    [
        new JobEffect.LeaveGate(ended.Fallback), .. ended.NextAt is null ? (JobEffect[])[Settle(ended)] : [],
        new JobEffect.DeleteInputs(), .. ended is { OwesNotice: true, NoticeAt: null } ? (JobEffect[])[Notice(ended)] : [],
    ];

    private static JobEffect.Notice Notice(JobState ended) => new(ended.Spec!.Webhook!);

    private static JobEffect.Settle Settle(JobState ended) => new(Owed(ended.Status), Price(ended), Substitute(ended));

    /// <summary>
    /// The price of the model that answered. It is named even where it is the dearest: the reservation may have been opened when
    /// another configuration had other prices.
    /// </summary>
    private static long? Price(JobState ended) => ended.Status == JobStatus.Succeeded ? Route(ended)!.Credits : null;

    /// <summary>Whoever answered in the place of the model that was asked for, and is paid for.</summary>
    private static string? Substitute(JobState ended) =>
        ended is { Status: JobStatus.Succeeded, Spec: { } spec } && Route(ended)!.Model != spec.Model ? Route(ended)!.Model : null;

    private static Settlement Owed(JobStatus ended) =>
        ended == JobStatus.Succeeded ? Settlement.Captured : Settlement.Released;
}
