using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

public enum FashnOperation
{
    None = 0,
    Submit = 1,
    Poll = 2,
}

/// <summary>
/// Classifies FASHN's failures (https://docs.fashn.ai/guides/api-error-handling). The error name in the body takes
/// precedence over the HTTP status, which can mislead: an empty balance arrives as 429.
/// </summary>
public static class FashnClassification
{
    /// <summary>Classifies an answer that does not describe a prediction.</summary>
    public static ProviderFault Classify(FashnOperation operation, UpstreamAnswer.Answered answer)
    {
        var refusal = FashnRefusal.Read(answer.Body);
        var name = refusal?.Error;
        var kind = name switch
        {
            "OutOfCredits" or "UnauthorizedAccess" => FaultKind.Operator,
            "RateLimitExceeded" or "ConcurrencyLimitExceeded" => FaultKind.Throttled,
            "BadRequest" when operation == FashnOperation.Submit && NamesPicture(refusal?.Message) => FaultKind.Caller,
            "NotFound" when operation == FashnOperation.Poll && answer.Status == 404 => FaultKind.TaskLost,
            "InternalServerError" => FaultKind.Outage,
            _ => OfStatus(operation, answer.Status, refusal is { Error: not null }),
        };
        return new ProviderFault(
            kind, $"fashn:{answer.Status}:{ShortCode.FromText(name ?? "none")}", answer.RetryAfter);
    }

    /// <summary>
    /// Classifies a prediction that ended without a picture. Failures are not billed, so retries after an outage are
    /// free.
    /// </summary>
    public static ProviderFault ClassifyPrediction(string status, string? error)
    {
        var kind = (status, error) switch
        {
            ("failed", "ImageLoadError" or "PoseError" or "InputValidationError") => FaultKind.Caller,
            ("failed", "ContentModerationError" or "ThirdPartyError") => FaultKind.Moderation,
            ("failed", "PipelineError" or "3rdPartyProviderError" or "InternalServerError") => FaultKind.Outage,
            ("time_out", _) => FaultKind.Outage,
            _ => FaultKind.TaskFailed,
        };
        return new ProviderFault(kind, $"fashn:{status}:{ShortCode.FromText(error ?? "none")}");
    }

    /// <summary>
    /// An error that names anything but the caller's pictures is caused by the gateway's own request.
    /// </summary>
    private static bool NamesPicture(string? message) =>
        message?.Contains("model_image", StringComparison.Ordinal) == true
        || message?.Contains("garment_image", StringComparison.Ordinal) == true;

    private static FaultKind OfStatus(FashnOperation operation, int status, bool hasErrorBody) =>
        status switch
        {
            429 => FaultKind.Throttled,
            408 => FaultKind.OutcomeUnknown,
            404 when operation == FashnOperation.Poll => FaultKind.OutcomeUnknown,
            >= 400 and <= 499 => FaultKind.Operator,
            // A 5xx without FASHN's error body comes from a proxy, which may have passed the call on.
            >= 500 => hasErrorBody || operation == FashnOperation.Poll ? FaultKind.Outage : FaultKind.OutcomeUnknown,
            >= 300 and <= 399 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
}
