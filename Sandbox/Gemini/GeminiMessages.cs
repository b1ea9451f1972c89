using System.Text.Json;
using System.Text.Json.Serialization;

namespace TryOn.Sandbox.Gemini;

public static class GeminiWire
{
    /// <summary>camelCase, without null fields.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

public sealed record GeminiReply(
    IReadOnlyList<GeminiCandidate> Candidates, GeminiUsage UsageMetadata, string ModelVersion, string ResponseId);

public sealed record GeminiCandidate(
    int Index, GeminiContent? Content, string FinishReason, IReadOnlyList<string> SafetyRatings);

public sealed record GeminiContent(string Role, IReadOnlyList<GeminiPart> Parts);

public sealed record GeminiPart(string? Text, GeminiBlob? InlineData);

/// <summary>A picture; the serializer writes the bytes as base64.</summary>
public sealed record GeminiBlob(string MimeType, byte[] Data);

public sealed record GeminiUsage(
    int PromptTokenCount, int CandidatesTokenCount, int TotalTokenCount,
    IReadOnlyList<GeminiTokens> PromptTokensDetails);

public sealed record GeminiTokens(string Modality, int TokenCount);

public sealed record GeminiErrorEnvelope(GeminiError Error);

public sealed record GeminiError(int Code, string Message, string Status, IReadOnlyList<GeminiErrorDetail>? Details);

public sealed record GeminiErrorDetail([property: JsonPropertyName("@type")] string Type, string Reason, string Domain);
