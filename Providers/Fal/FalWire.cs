using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>Input of the Flux endpoint. Pictures are data URLs, the person's first.</summary>
public sealed record FalFluxInput(
    string Prompt, IReadOnlyList<string> ImageUrls, int Seed, int NumImages, string OutputFormat,
    string SafetyTolerance);

public sealed record FalKlingInput(string HumanImageUrl, string GarmentImageUrl);

public sealed record FalQueued(string? RequestId, string? StatusUrl)
{
    /// <summary>Far above the lengths seen; keeps an oversized id out of stored records.</summary>
    private const int IdLengthMax = 256;

    public static FalQueued? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FalJson.Default.FalQueued) is { RequestId: { Length: > 0 and <= IdLengthMax } } queued
            ? queued
            : null;
}

/// <param name="Error">Set when a completed run has failed; free text, which is not read.</param>
public sealed record FalStatus(string? Status, string? ResponseUrl, JsonElement? Error, string? ErrorType)
{
    public bool Failed =>
        ErrorType is not null || Error is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };

    public static FalStatus? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, FalJson.Default.FalStatus);
}

/// <summary>A result: some models return a list of pictures, others a single one.</summary>
public sealed record FalResult(
    IReadOnlyList<FalPicture?>? Images, FalPicture? Image, IReadOnlyList<bool?>? HasNsfwConcepts)
{
    public static FalResult? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, FalJson.Default.FalResult);
}

public sealed record FalPicture(string? Url);

public sealed record FalHistory(IReadOnlyList<FalPastRequest?>? Items, bool? HasMore, string? NextCursor)
{
    public static FalHistory? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, FalJson.Default.FalHistory) is { Items: not null } history ? history : null;
}

public sealed record FalPastRequest(string? RequestId, JsonElement? JsonInput)
{
    public bool HasSeed(int seed) =>
        JsonInput is { ValueKind: JsonValueKind.Object } input && input.TryGetProperty("seed", out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number == seed;
}

/// <summary>The published public keys, a JWK set (RFC 7517).</summary>
public sealed record FalKeyList(IReadOnlyList<FalKey?>? Keys)
{
    public static FalKeyList? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, FalJson.Default.FalKeyList);
}

/// <param name="X">The public key in base64url (RFC 8037).</param>
public sealed record FalKey(string? Kty, string? Crv, string? X);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FalFluxInput))]
[JsonSerializable(typeof(FalKlingInput))]
[JsonSerializable(typeof(FalQueued))]
[JsonSerializable(typeof(FalStatus))]
[JsonSerializable(typeof(FalResult))]
[JsonSerializable(typeof(FalHistory))]
[JsonSerializable(typeof(FalKeyList))]
public sealed partial class FalJson : JsonSerializerContext;
