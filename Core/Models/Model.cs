using System.Collections.Immutable;
using TryOn.Core.Images;

namespace TryOn.Core.Models;

public enum ModelKind
{
    None = 0,

    /// <summary>Made for trying on: a person and a garment in, nothing to say.</summary>
    DedicatedTryOn = 1,

    /// <summary>A general image model asked to try on by prompt and reference pictures.</summary>
    GenerativeImage = 2,
}

public enum ExecutionMode
{
    None = 0,

    /// <summary>The answer to the request holds the picture.</summary>
    Sync = 1,

    /// <summary>The answer holds a job to poll.</summary>
    SubmitPoll = 2,
}

/// <summary>What a model takes. Pictures outside <see cref="Pictures"/> are refused before anything is reserved.</summary>
public sealed record ModelCapabilities(
    ImmutableArray<string> Categories,
    int PersonImagesMax,
    int GarmentImagesMax,
    bool Mask,
    bool PromptOverride,
    bool FastMode,
    ImmutableArray<ImageFormat> Formats,
    ImageLimits Pictures);

/// <summary>One entry of the catalog: a slug that stays, whatever upstream model id answers behind it.</summary>
/// <param name="Credits">Price of one picture, in credits, charged on success only.</param>
/// <param name="OtherProviders">Who else offers the very same model, in the order to turn to them.</param>
public sealed record Model(
    string Slug,
    string Provider,
    string ProviderName,
    string Name,
    string Description,
    ModelKind Kind,
    ExecutionMode Execution,
    TimeSpan LatencyExpected,
    TimeSpan LatencyMin,
    TimeSpan LatencyMax,
    long Credits,
    ModelCapabilities Capabilities)
{
    public ImmutableArray<string> OtherProviders { get; init; } = [];
}
