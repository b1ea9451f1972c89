using TryOn.Core.Errors;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>Applies the events of <see cref="JobMachine"/> to its state.</summary>
internal static class JobFold
{
    public static JobState Apply(JobState state, JobEvent @event) => @event switch
    {
        JobEvent.Accepted e => state with { Id = e.Id, Spec = e.Spec, Status = JobStatus.Accepted, CreatedAt = e.At },
        JobEvent.AttemptStarted e => state with
        {
            Status = JobStatus.Submitting,
            Attempt = new Attempt(e.Number, e.AttemptId, e.At, Fallback: state.Fallback) { Node = e.Node },
            StartedAt = state.StartedAt ?? e.At,
            NextAt = null,
        },
        JobEvent.AttemptUnclear e => state with { Attempt = state.Attempt! with { Unclear = true }, NextAt = e.AskAt },
        JobEvent.AttemptAbsent e => state with
        {
            Attempt = state.Attempt! with { Unclear = true, Absences = state.Attempt.Absences + 1 }, NextAt = e.AskAt,
        },
        JobEvent.AttemptParked e => state with
        {
            Status = JobStatus.Accepted,
            Attempt = state.Attempt! with { Unclear = false, Absences = 0 },
            NextAt = e.RetryAt,
        },
        JobEvent.AttemptResent e => state with
        {
            Status = JobStatus.Submitting,
            Attempt = state.Attempt! with { Sends = state.Attempt.Sends + 1, Node = e.Node },
            NextAt = null,
        },
        JobEvent.AttemptAccepted e => state with
        {
            Status = JobStatus.Waiting,
            Attempt = state.Attempt! with { UpstreamId = e.UpstreamId, Unclear = false },
            NextAt = e.PollAt,
        },
        JobEvent.AttemptFailed e => state with
        {
            Status = JobStatus.Accepted,
            Attempt = null,
            FailedAttempts = state.FailedAttempts.Add(
                new FailedAttempt(
                    state.Attempt!.Number, state.Attempt.Id, e.Kind, e.Code, e.At, state.Attempt.Sends,
                    state.Attempt.Fallback)),
            NextAt = e.RetryAt,
        },
        JobEvent.FellBack e => state with { Fallback = e.Fallback },
        JobEvent.AttemptCharged e => state with { Costs = ProviderCost.Add(state.Costs, e.Cost) },
        JobEvent.PicturesReady e => state with
        {
            Status = JobStatus.Storing, Addresses = e.Addresses, ReadyAt = e.At, NextAt = null,
        },
        JobEvent.Succeeded e => Ended(state, JobStatus.Succeeded, e.At) with { Outputs = e.Outputs },
        JobEvent.Failed e => Ended(state, JobStatus.Failed, e.At) with
        {
            Error = e.Error,
            FailedAttempts = e.Cause is null ? state.FailedAttempts : state.FailedAttempts.Add(e.Cause),
        },
        JobEvent.CancelRequested e => state with { CancelRequestedAt = e.At },
        JobEvent.Canceled e => Ended(state, JobStatus.Canceled, e.At) with { Error = Error.JobCanceled },
        JobEvent.NeverStarted e => state with
        {
            Id = e.Id, Status = JobStatus.Canceled, CreatedAt = e.At, EndedAt = e.At, Settlement = Settlement.Released,
        },
        JobEvent.Settled e => state with { Settlement = e.Settlement, NextAt = null },
        JobEvent.Noticed => state with { Noticed = true, NoticeAt = null },
        JobEvent.NoticeDeferred e => state with { NoticeAt = e.Until },
        JobEvent.Asked => state with { NextAt = null },
        JobEvent.Deferred e => state with { NextAt = e.Until },
        _ => state,
    };

    /// <summary>The prompt and the upstream's addresses are removed in the same write that ends the job.</summary>
    private static JobState Ended(JobState state, JobStatus status, DateTimeOffset at) => state with
    {
        Status = status,
        EndedAt = at,
        NextAt = null,
        Addresses = [],
        Spec = state.Spec! with { Prompt = null },
    };
}
