using System.Collections.Immutable;
using TryOn.Core.Images;

namespace TryOn.Core.Models;

/// <summary>
/// What a model accepts. Pictures outside <see cref="Pictures"/> are refused before any credits are reserved.
/// </summary>
public sealed record ModelCapabilities(
    ImmutableArray<string> Categories,
    int PersonImagesMax,
    int GarmentImagesMax,
    bool Mask,
    bool PromptOverride,
    bool FastMode,
    ImageTarget Pictures);
