using System.Collections.Immutable;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>
/// The jobs of one request, one for each picture; never empty. The request's id is that of the first.
/// </summary>
public sealed record JobSet(ImmutableArray<JobView> Jobs)
{
    public JobView First => Jobs[0];

    /// <summary>
    /// All jobs combined into one: it runs until the last has ended, succeeds if any did, and costs the sum of those
    /// that succeeded. An ended job never changes, so neither does a combined result that has been shown.
    /// </summary>
    public JobView Combined => Jobs.Length == 1
        ? First
        : First with
        {
            Status = Status,
            Model = Jobs.FirstOrDefault(job => job.Status == JobStatus.Succeeded)?.Model ?? First.Model,
            Version = Jobs.Sum(job => job.Version),
            Credits = Jobs.Sum(job => job.Credits),
            StartedAt = Jobs.Min(job => job.StartedAt),
            EndedAt = Running ? null : Jobs.Max(job => job.EndedAt),
            CancelRequested = Jobs.Any(job => job.CancelRequested),
            Outputs = [.. Jobs.SelectMany(job => job.Outputs)],
            Error = Status == JobStatus.Failed
                ? Jobs.Select(job => job.Error).FirstOrDefault(error => error is not null)
                : null,
        };

    /// <summary>
    /// Merges newer states in. A job that could not be read appears as not started, and never replaces a known state.
    /// </summary>
    public JobSet With(JobSet? newer) =>
        newer is null ? this : newer.Jobs.Aggregate(this, (known, job) => known.With(job));

    public JobSet With(JobView newer) =>
        new([.. Jobs.Select(job => job.Id == newer.Id && newer.Version > job.Version ? newer : job)]);

    private bool Running => Jobs.Any(job => !job.Ended);

    private JobStatus Status => this switch
    {
        { Running: true } when Jobs.All(job => job.Status == JobStatus.Accepted) => JobStatus.Accepted,
        { Running: true } => JobStatus.Waiting,
        _ when Jobs.Any(job => job.Status == JobStatus.Succeeded) => JobStatus.Succeeded,
        _ when Jobs.Any(job => job.Status == JobStatus.Failed) => JobStatus.Failed,
        _ => JobStatus.Canceled,
    };
}
