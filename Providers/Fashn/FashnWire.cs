using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

/// <summary>Pictures are data URLs: plain base64 is refused.</summary>
public sealed record FashnRun(string ModelName, FashnInputs Inputs);

public sealed record FashnInputs(string ModelImage, string GarmentImage, string Mode, string ModerationLevel, string OutputFormat);

public sealed record FashnAccepted(string? Id)
{
    /// <summary>Far above the lengths seen; keeps a runaway answer out of our records.</summary>
    private const int IdLengthMax = 256;

    public static FashnAccepted? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FashnJson.Default.FashnAccepted) is { Id: { Length: > 0 and <= IdLengthMax } } accepted
            ? accepted
            : null;
}

public sealed record FashnPrediction(string? Id, string? Status, IReadOnlyList<string?>? Output, FashnError? Error)
{
    public static FashnPrediction? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FashnJson.Default.FashnPrediction) is { Status: not null } prediction ? prediction : null;
}

/// <summary>Why a prediction failed. The message is left unread.</summary>
public sealed record FashnError(string? Name);

/// <summary>Why a call was refused.</summary>
public sealed record FashnRefusal(string? Error, string? Message)
{
    public static FashnRefusal? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, FashnJson.Default.FashnRefusal);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FashnRun))]
[JsonSerializable(typeof(FashnAccepted))]
[JsonSerializable(typeof(FashnPrediction))]
[JsonSerializable(typeof(FashnRefusal))]
public sealed partial class FashnJson : JsonSerializerContext;
