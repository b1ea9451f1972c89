using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// The numbered steps of a job or a request, oldest first. A single job has its own steps. For several jobs the order
/// of their steps across jobs is unknown, so a request for several pictures has only steps that hold in any order: it
/// was accepted, a picture is under way or done, all are done. Later changes of its jobs append steps and change none.
/// </summary>
public static class ProgressSteps
{
    public static IReadOnlyList<JobStep> FromJobs(JobSet jobs) =>
        jobs.Jobs.Length == 1 ? FromJobs(jobs.First) : [.. OfSeveral(jobs)];

    /// <summary>The number of the last step; null until all jobs have ended.</summary>
    public static long? EndOf(JobSet jobs) => jobs.Combined.Ended ? FromJobs(jobs)[^1].Version : null;

    /// <summary>The number of a job's own newest step.</summary>
    public static long NewestOf(JobView job) => job.Steps?.Version ?? job.Version;

    private static IReadOnlyList<JobStep> FromJobs(JobView job) =>
        job.Steps is null ? [new JobStep(job.Version, job.Status)] : JobStep.InOrder(job.Steps);

    private static IEnumerable<JobStep> OfSeveral(JobSet jobs)
    {
        yield return new JobStep(1, JobStatus.Accepted);
        if (jobs.Jobs.Any(HasMoved))
            yield return new JobStep(2, JobStatus.Waiting);
        // At least 3, since the first job has started and ended. The sum exceeds every number that the account's feed
        // gives the first job, so a watcher that resumes with one of those still receives the end.
        if (jobs.Combined is { Ended: true, Status: var end })
            yield return new JobStep(jobs.Jobs.Sum(NewestOf), end);
    }

    /// <summary>A job that waits again after a throttled attempt counts as moved.</summary>
    private static bool HasMoved(JobView job) => job.Status != JobStatus.Accepted || job.Steps?.Count > 1;
}
