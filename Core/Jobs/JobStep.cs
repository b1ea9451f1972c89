namespace TryOn.Core.Jobs;

/// <summary>
/// A change of a job's status, with those before it: what a watcher is told, in the same order and under the same numbers
/// however often it asks. Linked rather than listed, so that two views of one version are equal.
/// </summary>
/// <param name="Version">The job's version from this change on.</param>
/// <param name="Count">Of this step and those before it.</param>
public sealed record JobStep(long Version, JobStatus Status, int Count = 1, JobStep? Before = null)
{
    /// <summary>
    /// A job that is throttled goes to and fro for as long as it may; past so many steps only its end is a further one.
    /// Also what a reader of its JSON must be able to nest.
    /// </summary>
    public const int CountMax = 24;

    /// <summary>The newest step once the job is at this version and in this status.</summary>
    public static JobStep? After(JobStep? newest, long version, JobStatus status, bool ended)
    {
        if (newest?.Status == status || (newest?.Count >= CountMax && !ended))
            return newest;
        return new JobStep(version, status, (newest?.Count ?? 0) + 1, newest);
    }

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<JobStep> InOrder(JobStep? newest)
    {
        var steps = new List<JobStep>();
        for (var step = newest; step is not null; step = step.Before)
            steps.Add(step);
        steps.Reverse();
        return steps;
    }
}
