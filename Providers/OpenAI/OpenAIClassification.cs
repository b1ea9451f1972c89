using System.Collections.Frozen;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>
/// OpenAI's failures in our words (https://platform.openai.com/docs/guides/error-codes). The body's code is asked before
/// the HTTP status, which lies: a spent budget arrives as 400.
/// </summary>
public static class OpenAIClassification
{
    private static readonly FrozenDictionary<string, FaultKind> Codes = new Dictionary<string, FaultKind>
    {
        ["moderation_blocked"] = FaultKind.Moderation,
        ["content_policy_violation"] = FaultKind.Moderation,
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
    }.ToFrozenDictionary();

    /// <summary>The fields that hold what a caller sent; a complaint about any other is about our own.</summary>
    private static readonly string[] CallersFields = ["image", "mask", "prompt", "size"];

    /// <summary>For every answer without a picture to take, and for every status but a 2xx.</summary>
    public static ProviderFault Classify(UpstreamAnswer.Answered answer)
    {
        var hint = RetryHint.FromMilliseconds(answer.Headers.GetValueOrDefault("retry-after-ms")) ?? answer.RetryAfter;
        var body = OpenAIAnswer.Read(answer.Body);
        if (body?.Error is not { } error)
            return WithoutWords(answer, body, hint);
        var kind = Insisted(answer, OfError(answer.Status, error));
        return new ProviderFault(kind, $"openai:{answer.Status}:{ShortCode.Of(error.Code ?? error.Type)}", hint);
    }

    private static FaultKind OfError(int status, OpenAIError error)
    {
        if (Codes.TryGetValue(error.Code ?? "", out var kind) || Codes.TryGetValue(error.Type ?? "", out kind))
            return kind;
        return status switch
        {
            400 or 422 => IsCallers(error.Param) ? FaultKind.Caller : FaultKind.Operator,
            // A time-out over there proves neither that it stopped nor that it will not bill.
            408 => FaultKind.OutcomeUnknown,
            409 or 429 => FaultKind.Throttled,
            >= 500 => FaultKind.Outage,
            >= 400 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
    }

    /// <summary>Without OpenAI's words a 5xx is from something in between, which may have passed the call on.</summary>
    private static ProviderFault WithoutWords(UpstreamAnswer.Answered answer, OpenAIAnswer? body, TimeSpan? hint) =>
        answer.Status switch
        {
            >= 200 and <= 299 when body is null => new ProviderFault(FaultKind.OutcomeUnknown, "openai:not_json"),
            >= 200 and <= 299 => new ProviderFault(FaultKind.NoPicture, "openai:no_picture"),
            429 => new ProviderFault(FaultKind.Throttled, "openai:429", hint),
            408 or >= 500 => new ProviderFault(FaultKind.OutcomeUnknown, $"openai:{answer.Status}", hint),
            >= 300 => new ProviderFault(FaultKind.Operator, $"openai:{answer.Status}", hint),
            _ => new ProviderFault(FaultKind.OutcomeUnknown, $"openai:{answer.Status}", hint),
        };

    /// <summary>The upstream's own word that repeating is of no use; its own client obeys it.</summary>
    private static FaultKind Insisted(UpstreamAnswer.Answered answer, FaultKind kind) =>
        kind is FaultKind.Throttled or FaultKind.Outage && answer.Headers.GetValueOrDefault("x-should-retry") == "false"
            ? FaultKind.Operator
            : kind;

    /// <summary>However it is counted: <c>image</c>, <c>image[]</c>, <c>image[0]</c>.</summary>
    private static bool IsCallers(string? param) =>
        param is not null && CallersFields.Contains(param.Split('[')[0], StringComparer.Ordinal);
}
