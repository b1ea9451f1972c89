using System.Collections.Immutable;
using TryOn.Api.Images;

namespace TryOn.Api.Jobs;

/// <summary>What is asked for, whichever surface it came by.</summary>
/// <param name="EndUser">Whom the caller asks for, by its own name; usage can be told apart by it.</param>
public sealed record TryOnRequest(
    string? Model,
    ImmutableArray<ImageReference> Persons,
    ImmutableArray<ImageReference> Garments,
    bool HasMask,
    string? Prompt,
    bool FastMode,
    string? IdempotencyKey,
    string? EndUser);
