using System.Text.Json.Serialization;

namespace TryOn.Api.Jobs;

/// <summary>A job as this surface shows it.</summary>
/// <param name="Status">pending | processing | succeeded | failed | canceled.</param>
/// <param name="Model">Who is at work or has answered, which may be another of those that were allowed to.</param>
/// <param name="Mode">live | test: a test job was answered by the sandbox, not by a model.</param>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="Credits">That model's price while it runs, charged once it has succeeded, 0 otherwise.</param>
/// <param name="Progress">0 to 1 by what the model took lately, below 1 until it has ended.</param>
/// <param name="RemainingSeconds">By the same guess; null once it has ended.</param>
/// <param name="QueuePosition">Of a pending job that waits for its turn at the provider: 1 is next. Null where it does not, or is not known.</param>
/// <param name="CancelRequested">True once it was to be canceled; it may still end with a picture, and be charged.</param>
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

public sealed record JobOutput(string Url, int Width, int Height, string ContentType);

public sealed record JobError(string Name, string Message);
