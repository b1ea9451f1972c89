using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

/// <summary>The body of a run. Pictures are data URLs, since plain base64 is rejected.</summary>
public sealed record FashnRun(string ModelName, FashnInputs Inputs);

public sealed record FashnInputs(
    string ModelImage, string GarmentImage, string Mode, string ModerationLevel, string OutputFormat);

public sealed record FashnAccepted(string? Id)
{
    /// <summary>Far above the lengths seen; keeps an oversized id out of stored records.</summary>
    private const int IdLengthMax = 256;

    public static FashnAccepted? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FashnJson.Default.FashnAccepted) is { Id: { Length: > 0 and <= IdLengthMax } } accepted
            ? accepted
            : null;
}

public sealed record FashnPrediction(string? Id, string? Status, IReadOnlyList<string?>? Output, FashnError? Error)
{
    public static FashnPrediction? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FashnJson.Default.FashnPrediction) is { Status: not null } prediction
            ? prediction
            : null;
}

/// <summary>Why a prediction failed. Its message is not read.</summary>
public sealed record FashnError(string? Name);

/// <summary>Why a call was rejected.</summary>
public sealed record FashnRefusal(string? Error, string? Message)
{
    public static FashnRefusal? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FashnJson.Default.FashnRefusal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FashnRun))]
[JsonSerializable(typeof(FashnAccepted))]
[JsonSerializable(typeof(FashnPrediction))]
[JsonSerializable(typeof(FashnRefusal))]
public sealed partial class FashnJson : JsonSerializerContext;
