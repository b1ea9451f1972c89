using System.Collections.Immutable;

namespace TryOn.Core.Models;

public enum ModelKind
{
    None = 0,

    /// <summary>A dedicated try-on model: takes a person and a garment, and no prompt.</summary>
    DedicatedTryOn = 1,

    /// <summary>A general image model that is prompted to try on garments from reference pictures.</summary>
    GenerativeImage = 2,
}

public enum ExecutionMode
{
    None = 0,

    /// <summary>The response contains the picture.</summary>
    Sync = 1,

    /// <summary>The response contains a task to poll.</summary>
    SubmitPoll = 2,
}

/// <summary>
/// One entry of the catalog. The slug stays the same even if the upstream model id behind it changes.
/// </summary>
/// <param name="Credits">Price of one picture in credits, charged only on success.</param>
/// <param name="OtherProviders">Other providers of the same model, in the order to try them.</param>
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
