using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Images;
using TryOn.Core.Pictures;

namespace TryOn.Core.Jobs;

/// <summary>What was asked for, fixed when the job is accepted.</summary>
/// <param name="Provider">The upstream that the catalog names for the model.</param>
/// <param name="Credits">Reserved, and captured when a picture is stored.</param>
/// <param name="Prompt">The caller's words. Forgotten when the job ends.</param>
/// <param name="Fingerprint">Hash of the request; a retry with the same key must carry the same.</param>
/// <param name="DeadlineAt">When the job fails for want of a picture, and its reservation is released.</param>
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
    DateTimeOffset DeadlineAt);

public sealed record JobPicture(PictureId Picture, ImageFormat Format);
