using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Models;

namespace TryOn.Api.History;

/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last.</param>
public sealed record GenerationList(string Object, IReadOnlyList<GenerationObject> Data, string? NextCursor);

/// <summary>A generation in a list.</summary>
/// <param name="Latency">Milliseconds from the request to the job's end; null while it runs.</param>
/// <param name="Usage">Credits charged.</param>
/// <param name="Error">Stable name of the error the job failed with.</param>
public sealed record GenerationObject(
    string Id,
    string Object,
    string? Model,
    string? ProviderName,
    string Status,
    string? Key,
    string? User,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndedAt,
    long? Latency,
    long? GenerationTime,
    long Usage,
    string? Error)
{
    public static GenerationObject FromGeneration(Generation generation)
    {
        var (reserve, job) = (generation.Reserve, generation.Job);
        return new GenerationObject(
            reserve.JobId!, "tryon.generation", generation.Model, Catalog.Find(generation.Model)?.ProviderName,
            generation.Status, reserve.For?.KeyId, reserve.For?.EndUser, reserve.At, job?.EndedAt,
            Milliseconds(reserve.At, job?.EndedAt), Milliseconds(job?.StartedAt, job?.EndedAt), generation.Credits,
            job?.Error is { } error ? ErrorStatus.Name(error.Code) : null);
    }

    public static IReadOnlyList<object?> Columns { get; } =
    [
        "id", "model", "provider_name", "status", "key", "user", "created_at", "ended_at", "latency", "generation_time",
        "usage", "error",
    ];

    public IReadOnlyList<object?> Fields() =>
    [
        Id, Model, ProviderName, Status, Key, User, CreatedAt, EndedAt, Latency, GenerationTime, Usage, Error,
    ];

    internal static long? Milliseconds(DateTimeOffset? from, DateTimeOffset? to) =>
        to - from is { } time ? (long)Math.Max(0, time.TotalMilliseconds) : null;
}

public sealed record GenerationBody(GenerationDetail Data);

/// <summary>
/// One generation in OpenRouter's format. Its clients reject an answer that lacks one of these fields, so those without
/// a meaning here are null. <see cref="UpstreamId"/> is null on purpose: upstreams' ids are never shown.
/// </summary>
public sealed record GenerationDetail(
    string Id,
    string Model,
    string? ProviderName,
    DateTimeOffset CreatedAt,
    long? Latency,
    long? GenerationTime,
    string? FinishReason,
    string? NativeFinishReason,
    bool Cancelled,
    int? NumMediaCompletion,
    long Usage,
    long TotalCost,
    string? ExternalUser,
    bool? Streamed)
{
    public string ApiType => "image";

    public string Origin => "";

    public string DataRegion => "global";

    public bool IsByok => false;

    public int? AppId => null;

    public double? CacheDiscount => null;

    public string? HttpReferer => null;

    public double? ModerationLatency => null;

    public int? NativeTokensCached => null;

    public int? NativeTokensCompletion => null;

    public int? NativeTokensCompletionImages => null;

    public int? NativeTokensPrompt => null;

    public int? NativeTokensReasoning => null;

    public int? NumFetches => null;

    public int? NumInputAudioPrompt => null;

    public int? NumMediaPrompt => null;

    public int? NumSearchResults => null;

    public string? PresetId => null;

    public IReadOnlyList<string>? ProviderResponses => null;

    public string? RequestId => null;

    public string? ResponseCacheSourceId => null;

    public string? Router => null;

    public string? ServiceTier => null;

    public string? SessionId => null;

    public int? TokensCompletion => null;

    public int? TokensPrompt => null;

    public string? UpstreamId => null;

    public double? UpstreamInferenceCost => null;

    public string? UserAgent => null;

    public string? WebSearchEngine => null;

    public string WorkspaceId => Workspace.Default;

    public static GenerationDetail FromJob(JobView job, StatementEntry? reserve) => new(
        job.Id, job.Model, Catalog.Find(job.Model)?.ProviderName, job.CreatedAt,
        GenerationObject.Milliseconds(reserve?.At ?? job.CreatedAt, job.EndedAt),
        GenerationObject.Milliseconds(job.StartedAt, job.EndedAt), FinishReason: Finish(job),
        NativeFinishReason: job.Error is { } error ? ErrorStatus.Name(error.Code) : Finish(job),
        Cancelled: job.Status == JobStatus.Canceled, job.Ended ? job.Outputs.Length : null,
        Charged(job), Charged(job), reserve?.For?.EndUser, job.Streamed);

    private static long Charged(JobView job) => job.Status == JobStatus.Succeeded ? job.Credits : 0;

    private static string? Finish(JobView job) => job switch
    {
        { Ended: false } => null,
        { Status: JobStatus.Succeeded } => "stop",
        { Error.Code: ErrorCode.ContentModerated } => "content_filter",
        _ => "error",
    };
}
