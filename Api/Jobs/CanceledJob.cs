using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>The result of a cancel request.</summary>
/// <param name="Outcome">canceled | requested | too_late.</param>
/// <param name="MayBeCharged">True if credits were charged or may still be.</param>
public sealed record CanceledJob(
    string Id, string Status, string Outcome, bool MayBeCharged, string Message, JobObject Job)
{
    public static CanceledJob FromJob(JobObject shown, JobView job)
    {
        var (outcome, charged, message) = job switch
        {
            { Status: JobStatus.Canceled } => ("canceled", false, "The job is canceled. Nothing is charged."),
            { Status: JobStatus.Succeeded } => ("too_late", true, "The picture was there already, and is charged."),
            { Ended: true } => ("too_late", false, "The job had failed already. Nothing is charged."),
            _ => ("requested", true,
                "The model has begun. No further attempt is made; a picture that comes is charged."),
        };
        return new CanceledJob(job.Id, shown.Status, outcome, charged, message, shown);
    }
}
