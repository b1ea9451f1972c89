using TryOn.Core.Providers;

namespace TryOn.Providers.Tests.Gemini;

/// <summary>
/// Gemini's published failures: https://ai.google.dev/api/generate-content and
/// https://ai.google.dev/gemini-api/docs/troubleshooting.
/// </summary>
public static class GeminiErrorTable
{
    public static TheoryData<string, FaultKind> BlockReasons => new()
    {
        { "SAFETY", FaultKind.Moderation },
        { "BLOCKLIST", FaultKind.Moderation },
        { "PROHIBITED_CONTENT", FaultKind.Moderation },
        { "IMAGE_SAFETY", FaultKind.Moderation },
        { "OTHER", FaultKind.Moderation },
        { "MODEL_ARMOR", FaultKind.Moderation },
        { "JAILBREAK", FaultKind.Moderation },
    };

    public static TheoryData<string, FaultKind> FinishReasons => new()
    {
        { "SAFETY", FaultKind.Moderation },
        { "IMAGE_SAFETY", FaultKind.Moderation },
        { "PROHIBITED_CONTENT", FaultKind.Moderation },
        { "IMAGE_PROHIBITED_CONTENT", FaultKind.Moderation },
        { "BLOCKLIST", FaultKind.Moderation },
        { "SPII", FaultKind.Moderation },
        { "RECITATION", FaultKind.Moderation },
        { "IMAGE_RECITATION", FaultKind.Moderation },
        { "NO_IMAGE", FaultKind.NoPicture },
        { "STOP", FaultKind.NoPicture },
        { "IMAGE_OTHER", FaultKind.NoPicture },
        { "OTHER", FaultKind.NoPicture },
        { "MALFORMED_RESPONSE", FaultKind.NoPicture },
        { "MAX_TOKENS", FaultKind.NoPicture },
        { "LANGUAGE", FaultKind.Caller },
    };

    /// <summary>Status, name, the rest of the error, and the expected class.</summary>
    public static TheoryData<int, string, string, FaultKind> Errors => new()
    {
        { 400, "INVALID_ARGUMENT", ""","details":[{"@type":"x","reason":"API_KEY_INVALID"}]""", FaultKind.Operator },
        { 400, "INVALID_ARGUMENT", ""","message":"API key expired. Please renew the API key." """, FaultKind.Operator },
        { 400, "INVALID_ARGUMENT", ""","message":"API key not valid. Please pass one." """, FaultKind.Operator },
        { 400, "INVALID_ARGUMENT", ""","message":"Unable to process input image." """, FaultKind.Caller },
        { 400, "FAILED_PRECONDITION", "", FaultKind.Operator },
        { 402, "RESOURCE_EXHAUSTED", "", FaultKind.Operator },
        { 403, "PERMISSION_DENIED", "", FaultKind.Operator },
        { 404, "NOT_FOUND", "", FaultKind.Operator },
        { 429, "RESOURCE_EXHAUSTED", Quota("GenerateRequestsPerDayPerProjectPerModel"), FaultKind.Operator },
        { 429, "RESOURCE_EXHAUSTED", ""","message":"The project's spend limit is reached." """, FaultKind.Operator },
        { 429, "RESOURCE_EXHAUSTED", Quota("GenerateRequestsPerMinutePerProjectPerModel"), FaultKind.Throttled },
        { 429, "RESOURCE_EXHAUSTED", "", FaultKind.Throttled },
        { 499, "CANCELLED", "", FaultKind.OutcomeUnknown },
        { 500, "INTERNAL", "", FaultKind.Outage },
        { 503, "UNAVAILABLE", "", FaultKind.Outage },
        { 504, "DEADLINE_EXCEEDED", "", FaultKind.Outage },
    };

    private static string Quota(string id) =>
        $$""","details":[{"violations":[{"quotaMetric":"m","quotaId":"{{id}}"}]}]""";
}
