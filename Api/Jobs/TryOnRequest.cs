using System.Collections.Immutable;
using TryOn.Api.Images;

namespace TryOn.Api.Jobs;

/// <summary>What is asked for, whichever surface it came by.</summary>
public sealed record TryOnRequest(
    string? Model,
    ImmutableArray<ImageReference> Persons,
    ImmutableArray<ImageReference> Garments,
    bool HasMask,
    string? Prompt,
    bool FastMode,
    string? IdempotencyKey);
