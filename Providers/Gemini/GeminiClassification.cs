using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>
/// Gemini's failures in our words, from the error codes and enumerations of its API reference. The body is asked
/// before the HTTP status, which lies: a bad key arrives as 400, a day's quota spent as 429.
/// </summary>
public static class GeminiClassification
{
    /// <summary>For every answer without a picture to take, and for every status but a 2xx.</summary>
    public static ProviderFault Classify(int status, TimeSpan? retryAfter, ReadOnlySpan<byte> body)
    {
        var answer = GeminiAnswer.Read(body);
        if (answer?.Error is { } error)
            return OfError(error.Code is >= 400 and <= 599 ? error.Code.Value : status, error, retryAfter);
        if (status is < 200 or > 299)
            return OfStatus(status, retryAfter);
        return answer is null ? new ProviderFault(FaultKind.OutcomeUnknown, "gemini:not_json") : OfAnswer(answer);
    }

    /// <summary>A 2xx answer in the published form.</summary>
    public static ProviderFault OfAnswer(GeminiAnswer answer)
    {
        if (Blocked(answer) is { } reason)
            return new ProviderFault(FaultKind.Moderation, $"gemini:{ShortCode.Of(reason)}");
        if (answer.Candidates is not [{ } first, ..])
            return new ProviderFault(FaultKind.NoPicture, "gemini:no_candidates");
        var finish = string.IsNullOrEmpty(first.FinishReason) ? "STOP" : first.FinishReason;
        return new ProviderFault(OfFinish(finish), $"gemini:{ShortCode.Of(finish)}");
    }

    /// <summary>The reason why the prompt was refused; null when it was not.</summary>
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
            // NO_IMAGE, STOP with words only, IMAGE_OTHER, MAX_TOKENS and whatever comes: it ran, and is worth one more try.
            _ => FaultKind.NoPicture,
        };

    private static ProviderFault OfError(int status, GeminiError error, TimeSpan? retryAfter)
    {
        var kind = status switch
        {
            400 when error.Status == "INVALID_ARGUMENT" => KeyRefused(error) ? FaultKind.Operator : FaultKind.Caller,
            // Google cancels on our own giving up; that proves neither that it stopped nor that it will not bill.
            408 or 499 => FaultKind.OutcomeUnknown,
            429 => QuotaSpent(error) ? FaultKind.Operator : FaultKind.Throttled,
            >= 500 => FaultKind.Outage,
            >= 400 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
        var code = $"gemini:{status}:{ShortCode.Of(error.Status)}";
        return new ProviderFault(kind, code, RetryDelay(error) ?? retryAfter);
    }

    /// <summary>Without Google's words a 5xx is from something in between, which may have passed the call on.</summary>
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
        || (Says(error.Message, "API key") && (Says(error.Message, "expired") || Says(error.Message, "not valid")));

    /// <summary>A quota that does not come back within a job's life.</summary>
    private static bool QuotaSpent(GeminiError error) =>
        Says(error.Message, "spend limit") || Says(error.Message, "spending limit")
        || Details(error).SelectMany(detail => detail.Violations ?? [])
            .Any(violation => Says(violation?.QuotaId, "PerDay") || Says(violation?.QuotaId, "Spend"));

    private static TimeSpan? RetryDelay(GeminiError error) =>
        Details(error)
            .Select(detail => RetryHint.FromSeconds(detail.RetryDelay))
            .FirstOrDefault(delay => delay.HasValue);

    private static IEnumerable<GeminiDetail> Details(GeminiError error) => (error.Details ?? []).OfType<GeminiDetail>();

    private static bool Says(string? text, string words) =>
        text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
