using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Images;
using TryOn.Core.Pictures;

namespace TryOn.Core.Jobs;

/// <summary>What was asked for, fixed when the job is accepted.</summary>
/// <param name="Provider">The upstream that the catalog names for the model.</param>
/// <param name="Credits">Captured when a picture of the first choice is stored.</param>
/// <param name="Prompt">The caller's words. Forgotten when the job ends.</param>
/// <param name="Fingerprint">Hash of the request; a retry with the same key must carry the same.</param>
/// <param name="DeadlineAt">When the job fails for want of a picture, and its reservation is released.</param>
/// <param name="Mask">Where the first person's picture may change; null for everywhere.</param>
/// <param name="Fallbacks">Where to turn, in order, once the first choice is of no use. Null for nowhere.</param>
/// <param name="FallBackWhenRefused">
/// Whether a content refusal, too, is taken elsewhere. Off unless configured: asking around until somebody agrees is not
/// what a policy is for.
/// </param>
/// <param name="Group">All jobs of the request, a picture each, the one that stands for them first; null where it is alone.</param>
public sealed record JobSpec(
    string AccountId,
    AccountMode Mode,
    string Model,
    string Provider,
    long Credits,
    ImmutableArray<JobPicture> Persons,
    ImmutableArray<JobPicture> Garments,
    string? Prompt,
    bool FastMode,
    string Fingerprint,
    DateTimeOffset DeadlineAt,
    JobPicture? Mask = null,
    ImmutableList<Route>? Fallbacks = null,
    bool? FallBackWhenRefused = null,
    ImmutableArray<string>? Group = null)
{
    /// <summary>When the caller will have lost patience; null for never.</summary>
    public DateTimeOffset? CancelAt { get; init; }

    /// <summary>Null where nobody is to be told.</summary>
    public JobWebhook? Webhook { get; init; }

    /// <summary>Since when its reservation is open, by the account's clock; null in jobs from before it was kept.</summary>
    public DateTimeOffset? ReservedAt { get; init; }

    /// <summary>Hash of the request's bytes, by which its repeat is known before its pictures are; null for a form.</summary>
    public string? Sent { get; init; }

    /// <summary>Whether the caller took the answer as a stream; null in records from before that was noted.</summary>
    public bool? Streamed { get; init; }

    /// <summary>True where FASHN's answers hold the pictures themselves; null for addresses, which all other surfaces give.</summary>
    public bool? ReturnBase64 { get; init; }

    /// <summary>What the account must set aside: the dearest way that the job may end.</summary>
    public long Reserve => Fallbacks is null ? Credits : Math.Max(Credits, Fallbacks.Max(route => route.Credits));

    /// <param name="fallback">Its place among the fallbacks; null for the first choice.</param>
    public Route RouteAt(int? fallback) =>
        fallback is { } place ? Fallbacks![place] : new Route(Model, Provider, Credits);
}

public sealed record JobPicture(PictureId Picture, ImageFormat Format);
