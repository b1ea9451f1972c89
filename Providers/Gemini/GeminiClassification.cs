using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>
/// Classifies Gemini's failures by the error codes and enumerations of its API reference. The body takes precedence
/// over the HTTP status, which can mislead: an invalid key arrives as 400, a spent daily quota as 429.
/// </summary>
public static class GeminiClassification
{
    /// <summary>Classifies an answer without a usable picture, and any status other than 2xx.</summary>
    public static ProviderFault Classify(int status, TimeSpan? retryAfter, ReadOnlySpan<byte> body)
    {
        var answer = GeminiAnswer.Read(body);
        if (answer?.Error is { } error)
            return OfError(error.Code is >= 400 and <= 599 ? error.Code.Value : status, error, retryAfter);
        if (status is < 200 or > 299)
            return OfStatus(status, retryAfter);
        return answer is null ? new ProviderFault(FaultKind.OutcomeUnknown, "gemini:not_json") : OfAnswer(answer);
    }

    /// <summary>Classifies a 2xx answer in the documented format.</summary>
    public static ProviderFault OfAnswer(GeminiAnswer answer)
    {
        if (Blocked(answer) is { } reason)
            return new ProviderFault(FaultKind.Moderation, $"gemini:{ShortCode.FromText(reason)}");
        if (answer.Candidates is not [{ } first, ..])
            return new ProviderFault(FaultKind.NoPicture, "gemini:no_candidates");
        var finish = string.IsNullOrEmpty(first.FinishReason) ? "STOP" : first.FinishReason;
        return new ProviderFault(OfFinish(finish), $"gemini:{ShortCode.FromText(finish)}");
    }

    /// <summary>The reason why the prompt was blocked; null if it was not.</summary>
    public static string? Blocked(GeminiAnswer answer) =>
        answer.PromptFeedback?.BlockReason is { Length: > 0 } reason && reason != "BLOCK_REASON_UNSPECIFIED"
            ? reason
            : null;

    private static FaultKind OfFinish(string finish) =>
        finish switch
        {
            "SAFETY" or "IMAGE_SAFETY" or "PROHIBITED_CONTENT" or "IMAGE_PROHIBITED_CONTENT" or "BLOCKLIST" or "SPII"
                or "RECITATION" or "IMAGE_RECITATION" => FaultKind.Moderation,
            "LANGUAGE" => FaultKind.Caller,
            // NO_IMAGE, STOP with text only, IMAGE_OTHER, MAX_TOKENS and unknown reasons: the model ran, so one retry
            // is worthwhile.
            _ => FaultKind.NoPicture,
        };

    private static ProviderFault OfError(int status, GeminiError error, TimeSpan? retryAfter)
    {
        var kind = status switch
        {
            400 when error.Status == "INVALID_ARGUMENT" => KeyRefused(error) ? FaultKind.Operator : FaultKind.Caller,
            // Google reports a cancellation when the client gives up. It proves neither that the work stopped nor that
            // it is not billed.
            408 or 499 => FaultKind.OutcomeUnknown,
            429 => QuotaSpent(error) ? FaultKind.Operator : FaultKind.Throttled,
            >= 500 => FaultKind.Outage,
            >= 400 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
        var code = $"gemini:{status}:{ShortCode.FromText(error.Status)}";
        return new ProviderFault(kind, code, RetryDelay(error) ?? retryAfter);
    }

    /// <summary>
    /// Classifies a status without Google's error body. A 5xx then comes from a proxy, which may have passed the call
    /// on.
    /// </summary>
    private static ProviderFault OfStatus(int status, TimeSpan? retryAfter)
    {
        var kind = status switch
        {
            429 => FaultKind.Throttled,
            408 or 499 or >= 500 => FaultKind.OutcomeUnknown,
            >= 300 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
        return new ProviderFault(kind, $"gemini:{status}", retryAfter);
    }

    private static bool KeyRefused(GeminiError error) =>
        Details(error).Any(detail => detail.Reason == "API_KEY_INVALID")
        || (Contains(error.Message, "API key")
            && (Contains(error.Message, "expired") || Contains(error.Message, "not valid")));

    /// <summary>True for a quota that will not be renewed within a job's lifetime.</summary>
    private static bool QuotaSpent(GeminiError error) =>
        Contains(error.Message, "spend limit") || Contains(error.Message, "spending limit")
        || Details(error).SelectMany(detail => detail.Violations ?? [])
            .Any(violation => Contains(violation?.QuotaId, "PerDay") || Contains(violation?.QuotaId, "Spend"));

    private static TimeSpan? RetryDelay(GeminiError error) =>
        Details(error)
            .Select(detail => RetryHint.FromSeconds(detail.RetryDelay))
            .FirstOrDefault(delay => delay.HasValue);

    private static IEnumerable<GeminiDetail> Details(GeminiError error) => (error.Details ?? []).OfType<GeminiDetail>();

    private static bool Contains(string? text, string words) =>
        text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
