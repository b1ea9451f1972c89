using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

public sealed record GeminiQuestion(IReadOnlyList<GeminiContent> Contents, GeminiGeneration GenerationConfig);

public sealed record GeminiGeneration(IReadOnlyList<string> ResponseModalities);

public sealed record GeminiContent(string? Role, IReadOnlyList<GeminiPart?>? Parts);

/// <summary>Exactly one of text and picture is set.</summary>
/// <param name="InlineDataSnake">The same picture under the name that some versions have answered with.</param>
/// <param name="Thought">A step on the way, not the result.</param>
public sealed record GeminiPart(
    string? Text = null,
    GeminiBlob? InlineData = null,
    [property: JsonPropertyName("inline_data")] GeminiBlob? InlineDataSnake = null,
    bool? Thought = null)
{
    [JsonIgnore]
    public GeminiBlob? Picture => InlineData ?? InlineDataSnake;
}

/// <param name="MimeType">A claim only; the first bytes of <paramref name="Data"/> decide.</param>
public sealed record GeminiBlob(string? MimeType, byte[]? Data);

/// <summary>Either the candidates, the feedback that explains their absence, or an error.</summary>
/// <param name="UsageMetadata">Whatever it holds must not make the answer unreadable.</param>
public sealed record GeminiAnswer(
    IReadOnlyList<GeminiCandidate?>? Candidates, GeminiFeedback? PromptFeedback, GeminiError? Error,
    JsonElement UsageMetadata = default)
{
    /// <summary>Null for anything that is not a JSON object of this form.</summary>
    public static GeminiAnswer? Read(ReadOnlySpan<byte> body) => UpstreamJson.Read(body, GeminiJson.Default.GeminiAnswer);
}

public sealed record GeminiCandidate(GeminiContent? Content, string? FinishReason);

public sealed record GeminiFeedback(string? BlockReason);

public sealed record GeminiError(int? Code, string? Message, string? Status, IReadOnlyList<GeminiDetail?>? Details);

/// <summary>Three kinds of detail in one: ErrorInfo's reason, QuotaFailure's violations, RetryInfo's delay.</summary>
public sealed record GeminiDetail(string? Reason, string? RetryDelay, IReadOnlyList<GeminiViolation?>? Violations);

public sealed record GeminiViolation(string? QuotaId, string? QuotaMetric);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GeminiQuestion))]
[JsonSerializable(typeof(GeminiAnswer))]
public sealed partial class GeminiJson : JsonSerializerContext;
