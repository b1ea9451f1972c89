using TryOn.Core.Errors;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>What comes of an attempt: of its submit, of asking after it, of its pictures.</summary>
public sealed partial class JobMachine
{
    private static readonly TimeSpan PollRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollRetryMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAfter = TimeSpan.FromSeconds(1);

    private static JobDecision Replied(JobState state, ProviderReply reply, DateTimeOffset now) => reply switch
    {
        ProviderReply.Waiting waiting when state.Status == JobStatus.Waiting => Defer(state, now + waiting.PollAfter),
        ProviderReply.Waiting waiting when state.Status == JobStatus.Submitting => Taken(
            state, new JobEvent.AttemptAccepted(waiting.UpstreamId, now + waiting.PollAfter)),
        ProviderReply.Ready ready when state.Status != JobStatus.Storing => Accept(
            state, [.. Charge(ready.Cost), new JobEvent.PicturesReady(ready.Addresses)],
            new JobEffect.Store(state.Attempt!, ready.Addresses)),
        ProviderReply.Ended ended => Fail(state, ended.Fault, now, ended.Cost),
        ProviderReply.Faulted faulted => Faulted(state, faulted.Fault, now, faulted.Cost),
        // An answer that means nothing here is as good as none, and the call that it ends is over all the same.
        _ => Faulted(state, new ProviderFault(FaultKind.OutcomeUnknown, "senseless"), now),
    };

    private static JobDecision Taken(JobState state, JobEvent accepted) =>
        Accept(state, [accepted], CancelUpstream(Evolve(state, accepted)));

    /// <summary>A poll that failed says nothing about the task, unless the upstream no longer knows it.</summary>
    private static JobDecision Faulted(
        JobState state, ProviderFault fault, DateTimeOffset now, ProviderCost? cost = null) => state.Status switch
    {
        JobStatus.Waiting when fault.Kind == FaultKind.TaskLost => Fail(state, fault, now),
        JobStatus.Waiting => Defer(state, now + AskAgainAfter(fault)),
        JobStatus.Submitting when fault.Kind == FaultKind.OutcomeUnknown => Unclear(state, now + AskAfter),
        JobStatus.Submitting => Fail(state, fault, now, cost),
        _ => JobDecision.Repeat(View(state)),
    };

    private static JobDecision Found(JobState state, ProviderReply reply, DateTimeOffset now) => reply switch
    {
        _ when state.Status != JobStatus.Submitting => JobDecision.Repeat(View(state)),
        ProviderReply.Absent absent => Absent(state, absent, now),
        ProviderReply.CannotTell => Fail(
            state, new ProviderFault(FaultKind.OutcomeUnknown, "lost"), now),
        ProviderReply.Faulted faulted => Unclear(state, now + AskAgainAfter(faulted.Fault)),
        ProviderReply.Waiting or ProviderReply.Ready or ProviderReply.Ended => Replied(state, reply, now),
        _ => Unclear(state, now + PollRetry),
    };

    /// <summary>A picture may be paid for and waiting: a long hint must not put the next look past the job's deadline.</summary>
    private static TimeSpan AskAgainAfter(ProviderFault fault) =>
        RetryPolicy.Hint(fault) is { } hint ? (hint < PollRetryMax ? hint : PollRetryMax) : PollRetry;

    private static JobDecision Unclear(JobState state, DateTimeOffset askAt) =>
        Accept(state, [new JobEvent.AttemptUnclear(askAt)]);

    /// <summary>
    /// The upstream does not know the attempt. It is asked twice, since a submit cut off in flight may still arrive;
    /// then the same attempt is sent again under the same id, which the upstream refuses if it did arrive after all. It goes
    /// through the gate like any other: what was lost was mostly lost by an upstream that is down for all.
    /// </summary>
    private static JobDecision Absent(JobState state, ProviderReply.Absent absent, DateTimeOffset now)
    {
        var attempt = state.Attempt!;
        if (attempt.Absences + 1 < RetryPolicy.AbsencesMin)
            return Accept(state, [new JobEvent.AttemptAbsent(now + (absent.AskAgainAfter ?? RetryPolicy.AbsenceWait))]);
        if (attempt.Sends >= RetryPolicy.SendsMax)
            return Fail(state, new ProviderFault(FaultKind.Outage, "absent"), now);
        if (Late(state, now))
            return TimeOut(state, now);
        if (state.CancelRequestedAt is not null)
            return End(state, [new JobEvent.Canceled(now)]);
        return Accept(state, [new JobEvent.AttemptParked(now + FallbackPolicy.Wait)], new JobEffect.LeaveGate(state.Fallback));
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
            return Accept(state, [.. Charge(cost), new JobEvent.AttemptFailed(fault.Kind, fault.Code, now, now + delay)], leave);
        if (FallbackPolicy.Next(state, fault.Kind) is { } next && now + FallbackPolicy.Wait < state.Spec!.DeadlineAt)
        {
            var failed = new JobEvent.AttemptFailed(fault.Kind, fault.Code, now, now + FallbackPolicy.Wait);
            return Accept(state, [.. Charge(cost), failed, new JobEvent.FellBack(next)], leave);
        }

        return End(state, [.. Charge(cost), new JobEvent.Failed(RetryPolicy.Tell(fault.Kind), Cause(state, fault, now), now)]);
    }

    /// <summary>In the same write as the end of the call, so that it is counted once however often the call is looked at.</summary>
    private static JobEvent[] Charge(ProviderCost? cost) => cost is null ? [] : [new JobEvent.AttemptCharged(cost)];

    private static FailedAttempt Cause(JobState state, ProviderFault fault, DateTimeOffset now) =>
        new(state.Attempt!.Number, state.Attempt.Id, fault.Kind, fault.Code, now, state.Attempt.Sends, state.Attempt.Fallback);
}
