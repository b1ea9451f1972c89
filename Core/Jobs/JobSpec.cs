using System.Collections.Immutable;
using TryOn.Core.Images;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;

namespace TryOn.Core.Jobs;

/// <summary>The request, fixed when the job is accepted.</summary>
/// <param name="Provider">The provider that the catalog names for the model.</param>
/// <param name="Credits">Credits captured if the first choice succeeds.</param>
/// <param name="Prompt">The caller's prompt. Removed when the job ends.</param>
/// <param name="Fingerprint">Hash of the request; a retry under the same idempotency key must have the same
/// hash.</param>
/// <param name="DeadlineAt">When the job fails if no picture has arrived, and its reservation is released.</param>
/// <param name="Mask">The area of the first person's picture that may change; null for all of it.</param>
/// <param name="Fallbacks">Routes to try, in this order, after the first choice has failed. Null for none.</param>
/// <param name="FallBackWhenRefused">Whether a content refusal also falls back to another route. Off unless configured,
/// because trying providers until one agrees would defeat their content policies.</param>
/// <param name="Group">All jobs of the request, one per picture, starting with the one that represents the request;
/// null if there is only one.</param>
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
    /// <summary>When the job is canceled if it is still running; null for never.</summary>
    public DateTimeOffset? CancelAt { get; init; }

    /// <summary>The webhook to notify when the job ends; null for none.</summary>
    public JobWebhook? Webhook { get; init; }

    /// <summary>
    /// When its reservation was opened, by the account's clock; null in jobs from before this was recorded.
    /// </summary>
    public DateTimeOffset? ReservedAt { get; init; }

    /// <summary>
    /// Hash of the request's bytes, by which a repeat is recognized before its pictures are processed; null for a form.
    /// </summary>
    public string? Sent { get; init; }

    /// <summary>
    /// Whether the caller requested a streamed answer; null in records from before this was recorded.
    /// </summary>
    public bool? Streamed { get; init; }

    /// <summary>
    /// True where answers about this job hold the pictures themselves; null where they hold addresses.
    /// </summary>
    public bool? InlinePictures { get; init; }

    /// <summary>Credits to reserve: the price of the most expensive route that the job may take.</summary>
    public long Reserve => Fallbacks is null ? Credits : Math.Max(Credits, Fallbacks.Max(route => route.Credits));

    /// <param name="fallback">The index among the fallbacks; null for the first choice.</param>
    public Route RouteAt(int? fallback) =>
        fallback is { } index ? Fallbacks![index] : new Route(Model, Provider, Credits);
}

public sealed record JobPicture(PictureId Picture, ImageFormat Format);
