using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>An answer holds either pictures or an error. Sizes and times are not read.</summary>
/// <param name="Usage">Token counts. A JSON element, so that unexpected content does not make the answer
/// unreadable.</param>
public sealed record OpenAIAnswer(IReadOnlyList<OpenAIPicture?>? Data, OpenAIError? Error, JsonElement Usage = default)
{
    [JsonIgnore]
    public long? TokensUsed => new OpenAIBill(Usage).TokensUsed;

    /// <summary>Null for anything that is not a JSON object of this form.</summary>
    public static OpenAIAnswer? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, OpenAIJson.Default.OpenAIAnswer);
}

/// <summary>What an answer cost, read without its pictures.</summary>
public sealed record OpenAIBill(JsonElement Usage = default)
{
    /// <summary>Question and answer together; null where it is not told.</summary>
    [JsonIgnore]
    public long? TokensUsed =>
        Usage.ValueKind == JsonValueKind.Object && Usage.TryGetProperty("total_tokens", out var total)
        && total.ValueKind == JsonValueKind.Number && total.TryGetInt64(out var tokens) && tokens > 0
            ? tokens
            : null;

    public static OpenAIBill? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, OpenAIJson.Default.OpenAIBill);
}

public sealed record OpenAIPicture([property: JsonPropertyName("b64_json")] byte[]? Content);

public sealed record OpenAIError(string? Message, string? Type, string? Param, string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAIAnswer))]
[JsonSerializable(typeof(OpenAIBill))]
public sealed partial class OpenAIJson : JsonSerializerContext;
