using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

/// <summary>
/// The numbered steps of what an id stands for, oldest first. A job alone has its own. Of several jobs nobody knows in which
/// order their steps came, so a request for several pictures has only steps that are true whatever came first: it is there,
/// a picture of it is under way or over, all are over. Whatever its jobs do later adds to the end of these and changes none.
/// </summary>
public static class ProgressSteps
{
    public static IReadOnlyList<JobStep> Of(JobSet jobs) => jobs.Jobs.Length == 1 ? Of(jobs.First) : [.. OfSeveral(jobs)];

    /// <summary>The number of the end; null while there is none.</summary>
    public static long? EndOf(JobSet jobs) => jobs.Whole.Ended ? Of(jobs)[^1].Version : null;

    /// <summary>The number of a job's own newest step.</summary>
    public static long NewestOf(JobView job) => job.Steps?.Version ?? job.Version;

    private static IReadOnlyList<JobStep> Of(JobView job) =>
        job.Steps is null ? [new JobStep(job.Version, job.Status)] : JobStep.InOrder(job.Steps);

    private static IEnumerable<JobStep> OfSeveral(JobSet jobs)
    {
        yield return new JobStep(1, JobStatus.Accepted);
        if (jobs.Jobs.Any(Moved))
            yield return new JobStep(2, JobStatus.Waiting);
        // At least 3, since the first job has begun and ended. The sum is above every number that the account's feed gives the
        // first job, so that who resumes with one of those is told the end as well.
        if (jobs.Whole is { Ended: true, Status: var end })
            yield return new JobStep(jobs.Jobs.Sum(NewestOf), end);
    }

    /// <summary>A job that waits again, after a throttled attempt, has moved all the same.</summary>
    private static bool Moved(JobView job) => job.Status != JobStatus.Accepted || job.Steps?.Count > 1;
}
