using TryOn.Core.Providers;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>
/// How a job handles the results of an attempt: of its submit, its polls, look-ups of a lost answer, and the stored
/// pictures.
/// </summary>
public sealed partial class JobMachine
{
    private static readonly TimeSpan PollRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollRetryMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FindAfter = TimeSpan.FromSeconds(1);

    private static JobDecision Replied(JobState state, ProviderReply reply, DateTimeOffset now) => reply switch
    {
        ProviderReply.Waiting waiting when state.Status == JobStatus.Waiting => Defer(state, now + waiting.PollAfter),
        ProviderReply.Waiting waiting when state.Status == JobStatus.Submitting => UpstreamAccepted(
            state, new JobEvent.AttemptAccepted(waiting.UpstreamId, now + waiting.PollAfter)),
        ProviderReply.Ready ready when state.Status != JobStatus.Storing => Accept(
            state, [.. Charge(ready.Cost), new JobEvent.PicturesReady(ready.Addresses, now)],
            new JobEffect.Store(state.Attempt!, ready.Addresses)),
        ProviderReply.Ended ended => Fail(state, ended.Fault, now, ended.Cost),
        ProviderReply.Faulted faulted => Faulted(state, faulted.Fault, now, faulted.Cost),
        // A reply that makes no sense in this status ends the call like a lost answer.
        _ => Faulted(state, new ProviderFault(FaultKind.OutcomeUnknown, "senseless"), now),
    };

    private static JobDecision UpstreamAccepted(JobState state, JobEvent accepted) =>
        Accept(state, [accepted], CancelUpstream(Evolve(state, accepted)));

    /// <summary>A failed poll says nothing about the task, unless the upstream no longer knows it.</summary>
    private static JobDecision Faulted(
        JobState state, ProviderFault fault, DateTimeOffset now, ProviderCost? cost = null) => state.Status switch
    {
        JobStatus.Waiting when fault.Kind == FaultKind.TaskLost => Fail(state, fault, now),
        JobStatus.Waiting => Defer(state, now + PollRetryAfter(fault)),
        JobStatus.Submitting when fault.Kind == FaultKind.OutcomeUnknown => Unclear(state, now + FindAfter),
        JobStatus.Submitting => Fail(state, fault, now, cost),
        _ => JobDecision.Repeat(View(state)),
    };

    private static JobDecision Found(JobState state, ProviderReply reply, DateTimeOffset now) => reply switch
    {
        _ when state.Status != JobStatus.Submitting => JobDecision.Repeat(View(state)),
        ProviderReply.Absent absent => Absent(state, absent, now),
        ProviderReply.CannotTell => Fail(
            state, new ProviderFault(FaultKind.OutcomeUnknown, "lost"), now),
        ProviderReply.Faulted faulted => Unclear(state, now + PollRetryAfter(faulted.Fault)),
        ProviderReply.Waiting or ProviderReply.Ready or ProviderReply.Ended => Replied(state, reply, now),
        _ => Unclear(state, now + PollRetry),
    };

    /// <summary>
    /// The delay before the upstream is asked again. An upstream's hint is capped, because a picture may be ready and a
    /// long delay must not pass the job's deadline.
    /// </summary>
    private static TimeSpan PollRetryAfter(ProviderFault fault) =>
        RetryPolicy.Hint(fault) is { } hint ? (hint < PollRetryMax ? hint : PollRetryMax) : PollRetry;

    private static JobDecision Unclear(JobState state, DateTimeOffset askAt) =>
        Accept(state, [new JobEvent.AttemptUnclear(askAt)]);

    /// <summary>
    /// The upstream does not know the attempt. It is asked twice, since a submit that was cut off may still arrive.
    /// Then the same attempt is sent again under the same id, which the upstream refuses if the first one did arrive.
    /// The second send goes through the gate, because answers are mostly lost by an upstream that is down.
    /// </summary>
    private static JobDecision Absent(JobState state, ProviderReply.Absent absent, DateTimeOffset now)
    {
        var attempt = state.Attempt!;
        if (attempt.Absences + 1 < RetryPolicy.AbsencesMin)
            return Accept(state, [new JobEvent.AttemptAbsent(now + (absent.AskAgainAfter ?? RetryPolicy.AbsenceWait))]);
        if (attempt.Sends >= RetryPolicy.SendsMax)
            return Fail(state, new ProviderFault(FaultKind.Outage, "absent"), now);
        if (IsPastDeadline(state, now))
            return TimeOut(state, now);
        if (state.CancelRequestedAt is not null)
            return End(state, [new JobEvent.Canceled(now)]);
        return Accept(
            state, [new JobEvent.AttemptParked(now + FallbackPolicy.Delay)], new JobEffect.LeaveGate(state.Fallback));
    }

    private static JobDecision Stored(JobState state, JobCommand.Stored stored, DateTimeOffset now) =>
        stored.Outputs.IsDefaultOrEmpty
            ? Fail(state, new ProviderFault(FaultKind.NoPicture, "empty"), now, stored.Cost)
            : End(state, [.. Charge(stored.Cost), new JobEvent.Succeeded(stored.Outputs, now)]);

    private static JobDecision Fail(JobState state, ProviderFault fault, DateTimeOffset now, ProviderCost? cost = null)
    {
        if (state.CancelRequestedAt is not null)
            return End(state, [.. Charge(cost), new JobEvent.Canceled(now)]);
        var leave = new JobEffect.LeaveGate(state.Fallback);
        if (RetryPolicy.RetryAfter(state, fault) is { } delay && now + delay < state.Spec!.DeadlineAt)
            return Accept(
                state, [.. Charge(cost), new JobEvent.AttemptFailed(fault.Kind, fault.Code, now, now + delay)], leave);
        if (FallbackPolicy.Next(state, fault.Kind) is { } next && now + FallbackPolicy.Delay < state.Spec!.DeadlineAt)
        {
            var failed = new JobEvent.AttemptFailed(fault.Kind, fault.Code, now, now + FallbackPolicy.Delay);
            return Accept(state, [.. Charge(cost), failed, new JobEvent.FellBack(next)], leave);
        }

        return End(state,
            [.. Charge(cost), new JobEvent.Failed(RetryPolicy.ErrorFor(fault.Kind), Cause(state, fault, now), now)]);
    }

    /// <summary>
    /// Committed in the same write as the end of the call, so that a cost is counted once however often the call is
    /// looked up.
    /// </summary>
    private static JobEvent[] Charge(ProviderCost? cost) => cost is null ? [] : [new JobEvent.AttemptCharged(cost)];

    private static FailedAttempt Cause(JobState state, ProviderFault fault, DateTimeOffset now) =>
        new(state.Attempt!.Number, state.Attempt.Id, fault.Kind, fault.Code, now, state.Attempt.Sends,
            state.Attempt.Fallback);
}
