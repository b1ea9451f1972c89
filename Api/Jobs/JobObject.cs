using System.Text.Json.Serialization;

namespace TryOn.Api.Jobs;

/// <summary>A job as the gateway's own API shows it.</summary>
/// <param name="Status">pending | processing | succeeded | failed | canceled.</param>
/// <param name="Model">The model at work or the one that answered, which may be a fallback.</param>
/// <param name="Mode">live | test: a test job was answered by the sandbox, not by a model.</param>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="Credits">The model's price while the job runs, the credits charged once it has succeeded, otherwise
/// 0.</param>
/// <param name="Progress">0 to 1, estimated from the model's recent latencies; below 1 until the job has ended.</param>
/// <param name="RemainingSeconds">From the same estimate; null once the job has ended.</param>
/// <param name="QueuePosition">Position of a pending job in its provider's queue; 1 is next. Null if the job is not
/// queued or the position is not known.</param>
/// <param name="CancelRequested">True once cancellation was requested; the job may still end with a picture and be
/// charged.</param>
public sealed record JobObject(
    string Id,
    string Object,
    string Status,
    string Model,
    string Mode,
    long CreatedAt,
    IReadOnlyList<JobOutput> Output,
    JobError? Error,
    long Credits,
    double Progress,
    long? RemainingSeconds,
    int? QueuePosition,
    bool CancelRequested,
    string PollingUrl,
    string WsUrl,
    string EventsUrl,
    string CancelUrl,
    [property: JsonPropertyName("jobId")] string JobId,
    [property: JsonPropertyName("statusUrl")] string StatusUrl);

/// <param name="ContentCredentials">What became of the upstream's Content Credentials (C2PA): <c>kept</c>, or
/// <c>removed</c> where the file had to be written anew. Absent where there were none.</param>
public sealed record JobOutput(
    string Url, int Width, int Height, string ContentType,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ContentCredentials = null);

public sealed record JobError(string Name, string Message);
