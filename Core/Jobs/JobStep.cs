namespace TryOn.Core.Jobs;

/// <summary>
/// A change of a job's status, linked to those before it. Watchers always receive the same steps in the same order
/// under the same numbers. Linked rather than listed, so that two views of one version compare as equal.
/// </summary>
/// <param name="Version">The job's version after this change.</param>
/// <param name="Count">The number of steps up to and including this one.</param>
public sealed record JobStep(long Version, JobStatus Status, int Count = 1, JobStep? Before = null)
{
    /// <summary>
    /// A throttled job may alternate between statuses many times; past this many steps only the end of the job is
    /// added. A reader of its JSON must be able to nest this deep.
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
