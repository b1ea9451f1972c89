using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

public sealed record GeminiGenerateRequest(IReadOnlyList<GeminiContent> Contents, GeminiGeneration GenerationConfig);

public sealed record GeminiGeneration(IReadOnlyList<string> ResponseModalities);

public sealed record GeminiContent(string? Role, IReadOnlyList<GeminiPart?>? Parts);

/// <summary>A part of a message; either text or a picture is set.</summary>
/// <param name="InlineDataSnake">The picture under the name that some API versions use.</param>
/// <param name="Thought">True for an intermediate result.</param>
public sealed record GeminiPart(
    string? Text = null,
    GeminiBlob? InlineData = null,
    [property: JsonPropertyName("inline_data")] GeminiBlob? InlineDataSnake = null,
    bool? Thought = null)
{
    [JsonIgnore]
    public GeminiBlob? Picture => InlineData ?? InlineDataSnake;
}

/// <param name="MimeType">Not trusted; the first bytes of <paramref name="Data"/> decide.</param>
public sealed record GeminiBlob(string? MimeType, byte[]? Data);

/// <summary>An answer holds candidates, feedback that explains why there are none, or an error.</summary>
/// <param name="UsageMetadata">A JSON element, so that unexpected content does not make the whole answer
/// unreadable.</param>
public sealed record GeminiAnswer(
    IReadOnlyList<GeminiCandidate?>? Candidates, GeminiFeedback? PromptFeedback, GeminiError? Error,
    JsonElement UsageMetadata = default)
{
    [JsonIgnore]
    public long? TokensUsed => new GeminiBill(UsageMetadata).TokensUsed;

    /// <summary>Null for anything that is not a JSON object of this form.</summary>
    public static GeminiAnswer? Read(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, GeminiJson.Default.GeminiAnswer);
}

/// <summary>What an answer cost, read without its pictures.</summary>
public sealed record GeminiBill(JsonElement UsageMetadata = default)
{
    /// <summary>Question and answer together; null where it is not told.</summary>
    [JsonIgnore]
    public long? TokensUsed =>
        UsageMetadata.ValueKind == JsonValueKind.Object
        && UsageMetadata.TryGetProperty("totalTokenCount", out var total)
        && total.ValueKind == JsonValueKind.Number && total.TryGetInt64(out var tokens) && tokens > 0
            ? tokens
            : null;

    public static GeminiBill? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, GeminiJson.Default.GeminiBill);
}

public sealed record GeminiCandidate(GeminiContent? Content, string? FinishReason);

public sealed record GeminiFeedback(string? BlockReason);

public sealed record GeminiError(int? Code, string? Message, string? Status, IReadOnlyList<GeminiDetail?>? Details);

/// <summary>
/// The union of three kinds of detail: ErrorInfo's reason, QuotaFailure's violations, RetryInfo's delay.
/// </summary>
public sealed record GeminiDetail(string? Reason, string? RetryDelay, IReadOnlyList<GeminiViolation?>? Violations);

public sealed record GeminiViolation(string? QuotaId, string? QuotaMetric);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GeminiGenerateRequest))]
[JsonSerializable(typeof(GeminiAnswer))]
[JsonSerializable(typeof(GeminiBill))]
public sealed partial class GeminiJson : JsonSerializerContext;
