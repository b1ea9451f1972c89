using TryOn.Core.Errors;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>Starts a job and each of its attempts, once however often either is requested.</summary>
public sealed partial class JobMachine
{
    private static JobDecision Start(JobState state, JobCommand.Start start, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
            return Accept(state, [new JobEvent.Accepted(start.Id, start.Spec, now)], new JobEffect.EnterGate());
        if (state.Spec is null)
        {
            return JobDecision.Reject(new Error(
                ErrorCode.Unavailable, "The request took too long to begin. Nothing was charged; send it again.",
                RetryAfter: TimeSpan.FromSeconds(1)));
        }

        return state.Spec.Fingerprint == start.Spec.Fingerprint && state.Spec.AccountId == start.Spec.AccountId
            ? JobDecision.Repeat(View(state))
            : JobDecision.Reject(new Error(
                ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request."));
    }

    private static JobDecision GateEntered(JobState state, string? node, DateTimeOffset now)
    {
        if (state is not { Status: JobStatus.Accepted, NextAt: null })
            return JobDecision.Repeat(View(state));
        if (IsPastDeadline(state, now))
            return TimeOut(state, now);
        var number = state.FailedAttempts.Count + 1;
        JobEvent sent = state.Attempt is null
            ? new JobEvent.AttemptStarted(number, AttemptId.Create(state.Id, number), now, node)
            : new JobEvent.AttemptResent(node);
        return Accept(state, [sent], new JobEffect.Submit(Evolve(state, sent).Attempt!));
    }
}
