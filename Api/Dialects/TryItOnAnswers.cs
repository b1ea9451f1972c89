using System.Text.Json.Serialization;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <param name="Id">The same id again, where FASHN's users look for it.</param>
public sealed record TryItOnBegun(bool Ok, [property: JsonPropertyName("jobId")] string JobId, string Id)
{
    public static TryItOnBegun Of(JobView job) => new(Ok: true, job.Id, job.Id);
}

/// <param name="Status">processing | completed | failed.</param>
/// <param name="Output">Addresses of the pictures; absent while it runs.</param>
public sealed record TryItOnStatus(
    bool Ok,
    string Id,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Output,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JobFailure? Error)
{
    public static TryItOnStatus Of(PolledJob polled) => polled.Job switch
    {
        { Ended: false } => new(Ok: true, polled.Job.Id, "processing", Output: null, Error: null),
        { Status: JobStatus.Succeeded } => new(Ok: true, polled.Job.Id, "completed", polled.Addresses, Error: null),
        var job => new(Ok: true, job.Id, "failed", Output: [], JobFailure.Of(job.Error, "ProcessingError")),
    };
}
