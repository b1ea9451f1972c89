using TryOn.Core.Errors;
using JobDecision = TryOn.Core.Machines.Decision<TryOn.Core.Jobs.JobEvent, TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Jobs;

/// <summary>Cancels a job, before and after a call to its upstream.</summary>
public sealed partial class JobMachine
{
    /// <summary>
    /// A job without a call upstream ends at once. A paid call cannot be taken back: the upstream is asked to stop, and
    /// no further attempt is made.
    /// </summary>
    private static JobDecision Cancel(JobState state, DateTimeOffset now)
    {
        if (state.Status == JobStatus.None)
            return JobDecision.Reject(Error.NoSuchJob);
        if (state.Ended || state.CancelRequestedAt is not null)
            return JobDecision.Repeat(View(state));
        if (state.Status == JobStatus.Accepted)
            return End(state, [new JobEvent.Canceled(now)]);
        var requested = new JobEvent.CancelRequested(now);
        return Accept(state, [requested], CancelUpstream(Evolve(state, requested)));
    }

    private static JobDecision CancelAnswered(JobState state, JobCommand.CancelAnswered answered, DateTimeOffset now) =>
        answered.Stopped && state is { Status: JobStatus.Waiting, CancelRequestedAt: not null }
            ? End(state, [new JobEvent.Canceled(now)])
            : JobDecision.Repeat(View(state));

    private static JobEffect[] CancelUpstream(JobState state) =>
        state is { Status: JobStatus.Waiting, CancelRequestedAt: not null, Attempt: { } attempt }
            ? [new JobEffect.CancelUpstream(attempt)]
            : [];
}
