using System.Collections.Frozen;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>
/// Classifies OpenAI's failures (https://platform.openai.com/docs/guides/error-codes). The body's code takes precedence
/// over the HTTP status, which can mislead: a spent budget arrives as 400.
/// </summary>
public static class OpenAIClassification
{
    private static readonly FrozenDictionary<string, FaultKind> Codes = new Dictionary<string, FaultKind>
    {
        ["moderation_blocked"] = FaultKind.Moderation,
        ["content_policy_violation"] = FaultKind.Moderation,
        ["image_content_policy_violation"] = FaultKind.Moderation,
        ["billing_hard_limit_reached"] = FaultKind.Operator,
        ["insufficient_quota"] = FaultKind.Operator,
        ["credit_balance_exhausted"] = FaultKind.Operator,
        ["organization_spend_limit_exceeded"] = FaultKind.Operator,
        ["project_spend_limit_exceeded"] = FaultKind.Operator,
        ["organization_usage_limit_exceeded"] = FaultKind.Operator,
        ["invalid_api_key"] = FaultKind.Operator,
        ["model_not_found"] = FaultKind.Operator,
        ["rate_limit_exceeded"] = FaultKind.Throttled,
        ["slow_down"] = FaultKind.Throttled,
        ["server_is_overloaded"] = FaultKind.Outage,
        // Pictures are sent along and never by address, so these are about our own request.
        ["invalid_image_url"] = FaultKind.Operator,
        ["failed_to_download_image"] = FaultKind.Operator,
        ["image_file_not_found"] = FaultKind.Operator,
    }.ToFrozenDictionary();

    /// <summary>
    /// Words of the codes that complain about a file, such as <c>invalid_image_file</c>, <c>image_parse_error</c> and
    /// <c>empty_image_file</c>. The only files of a request are the caller's pictures.
    /// </summary>
    private static readonly string[] FileWords = ["image", "mask", "file"];

    /// <summary>The type of refusals that are the user's doing, where no code says more.</summary>
    private const string UserError = "image_generation_user_error";

    /// <summary>The fields that hold what a caller sent; a complaint about any other is about our own.</summary>
    private static readonly string[] CallerFields = ["image", "mask", "prompt", "size"];

    /// <summary>Classifies an answer without a usable picture, and any status other than 2xx.</summary>
    public static ProviderFault Classify(UpstreamAnswer.Answered answer)
    {
        var hint = RetryHint.FromMilliseconds(answer.Headers.GetValueOrDefault("retry-after-ms")) ?? answer.RetryAfter;
        var body = OpenAIAnswer.Read(answer.Body);
        if (body?.Error is not { } error)
            return OfStatus(answer, body, hint);
        var kind = ApplyShouldRetry(answer, OfError(answer.Status, error));
        return new ProviderFault(kind, $"openai:{answer.Status}:{ShortCode.FromText(error.Code ?? error.Type)}", hint);
    }

    private static FaultKind OfError(int status, OpenAIError error)
    {
        if (Codes.TryGetValue(error.Code ?? "", out var kind) || Codes.TryGetValue(error.Type ?? "", out kind))
            return kind;
        return status switch
        {
            400 or 413 or 415 or 422 => IsCallersFault(error) ? FaultKind.Caller : FaultKind.Operator,
            // A time-out over there proves neither that it stopped nor that it will not bill.
            408 => FaultKind.OutcomeUnknown,
            409 or 429 => FaultKind.Throttled,
            >= 500 => FaultKind.Outage,
            >= 400 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
    }

    /// <summary>
    /// Classifies a status without OpenAI's error body. A 5xx then comes from a proxy, which may have passed the call
    /// on.
    /// </summary>
    private static ProviderFault OfStatus(UpstreamAnswer.Answered answer, OpenAIAnswer? body, TimeSpan? hint) =>
        answer.Status switch
        {
            >= 200 and <= 299 when body is null => new ProviderFault(FaultKind.OutcomeUnknown, "openai:not_json"),
            >= 200 and <= 299 => new ProviderFault(FaultKind.NoPicture, "openai:no_picture"),
            429 => new ProviderFault(FaultKind.Throttled, "openai:429", hint),
            408 or >= 500 => new ProviderFault(FaultKind.OutcomeUnknown, $"openai:{answer.Status}", hint),
            >= 300 => new ProviderFault(FaultKind.Operator, $"openai:{answer.Status}", hint),
            _ => new ProviderFault(FaultKind.OutcomeUnknown, $"openai:{answer.Status}", hint),
        };

    /// <summary>
    /// Applies the upstream's header that says a retry is pointless; OpenAI's own client obeys it as well.
    /// </summary>
    private static FaultKind ApplyShouldRetry(UpstreamAnswer.Answered answer, FaultKind kind) =>
        kind is FaultKind.Throttled or FaultKind.Outage && answer.Headers.GetValueOrDefault("x-should-retry") == "false"
            ? FaultKind.Operator
            : kind;

    /// <summary>
    /// By the field, however it is counted: <c>image</c>, <c>image[]</c>, <c>image[0]</c>. Refusals of a file come
    /// without a field, and are known by their code.
    /// </summary>
    private static bool IsCallersFault(OpenAIError error) =>
        CallerFields.Contains((error.Param ?? "").Split('[')[0], StringComparer.Ordinal)
        || (error.Code ?? "").Split('_').Intersect(FileWords, StringComparer.Ordinal).Any()
        || (string.IsNullOrEmpty(error.Code) && error.Type == UserError);
}
