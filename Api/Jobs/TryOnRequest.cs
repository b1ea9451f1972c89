using System.Collections.Immutable;
using TryOn.Api.Inputs;
using TryOn.Api.Models;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>A try-on request, independent of the surface it came through.</summary>
/// <param name="Mask">Where the first person's picture may be changed; null for everywhere.</param>
/// <param name="EndUser">The caller's own name for its end user; usage can be grouped by it.</param>
/// <param name="Count">Number of pictures requested; there is one job for each.</param>
/// <param name="Fallbacks">Models that may answer in place of the first, and the rules for providers.</param>
/// <param name="GarmentsMin">0 where the prompt alone describes the change, as for a haircut.</param>
/// <param name="Async">True if the caller wants a job to poll, however fast the model is.</param>
/// <param name="RetryMark">Set where a client's retries are joined to the running job; null where every request is a
/// new one.</param>
public sealed record TryOnRequest(
    string? Model,
    ImmutableArray<ImageReference> Persons,
    ImmutableArray<ImageReference> Garments,
    ImageReference? Mask,
    string? Prompt,
    bool FastMode,
    string? IdempotencyKey,
    string? EndUser,
    int Count = 1,
    Routing? Fallbacks = null,
    RetryMark? RetryMark = null,
    int GarmentsMin = 1,
    bool Async = false)
{
    /// <summary>How long after the request the job is canceled; null for never.</summary>
    public TimeSpan? CancelAfter { get; init; }

    /// <summary>Address to notify when the job ends; null for the account's own address.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>True if the answer is a stream.</summary>
    public bool Streamed { get; init; }

    /// <summary>Format of the webhook message; null for the gateway's own.</summary>
    public string? WebhookForm { get; init; }

    /// <summary>True if answers contain the pictures themselves instead of addresses.</summary>
    public bool InlinePictures { get; init; }

    public Routing Routing => Fallbacks ?? new Routing([Model ?? ""], Provider: null);
}
