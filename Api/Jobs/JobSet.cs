using System.Collections.Immutable;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>The jobs of one request, a picture each; never empty. The first one's id is the request's.</summary>
public sealed record JobSet(ImmutableArray<JobView> Jobs)
{
    public JobView First => Jobs[0];

    /// <summary>
    /// All of them as one: it runs until the last has ended, it has succeeded with a single picture, and it costs what
    /// succeeded. What its jobs have come to never changes, so neither does an end that has been shown.
    /// </summary>
    public JobView Whole => Jobs.Length == 1
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
            Error = Status == JobStatus.Failed ? Jobs.Select(job => job.Error).FirstOrDefault(error => error is not null) : null,
        };

    /// <summary>
    /// With whatever of it is newer. A job that could not be read just now seems not to have begun, and takes back nothing.
    /// </summary>
    public JobSet With(JobSet? heard) => heard is null ? this : heard.Jobs.Aggregate(this, (known, job) => known.With(job));

    public JobSet With(JobView heard) => new([.. Jobs.Select(job => job.Id == heard.Id && heard.Version > job.Version ? heard : job)]);

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
