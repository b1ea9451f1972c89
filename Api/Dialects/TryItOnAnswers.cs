using System.Text.Json.Serialization;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <param name="Id">The same id again, in the field that FASHN's clients read.</param>
public sealed record TryItOnBegun(bool Ok, [property: JsonPropertyName("jobId")] string JobId, string Id)
{
    public static TryItOnBegun FromJob(JobView job) => new(Ok: true, job.Id, job.Id);
}

/// <param name="Status">processing | completed | failed.</param>
/// <param name="Output">Addresses of the pictures; absent while the job runs.</param>
public sealed record TryItOnStatus(
    bool Ok,
    string Id,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Output,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JobFailure? Error)
{
    public static TryItOnStatus FromJob(PolledJob polled) => polled.Job switch
    {
        { Ended: false } => new(Ok: true, polled.Job.Id, "processing", Output: null, Error: null),
        { Status: JobStatus.Succeeded } => new(Ok: true, polled.Job.Id, "completed", polled.Addresses, Error: null),
        var job => new(Ok: true, job.Id, "failed", Output: [], JobFailure.FromError(job.Error, "ProcessingError")),
    };
}
