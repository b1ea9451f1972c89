using System.Collections.Frozen;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// Classifies FAL's failures (https://docs.fal.ai/model-apis/errors). FAL's error type takes precedence over the HTTP
/// status, which can mislead: an empty balance arrives as 403, a failed run as 200.
/// </summary>
public static class FalClassification
{
    private static readonly FrozenDictionary<string, FaultKind> ErrorTypes = FalErrorTypes.Kinds.ToFrozenDictionary();

    /// <summary>Classifies an answer that does not describe a task or its result.</summary>
    public static ProviderFault Classify(FalOperation operation, UpstreamAnswer.Answered answer)
    {
        var failure = FalFailure.Read(answer.Body);
        var errorType = failure?.ErrorType ?? answer.Headers.GetValueOrDefault("x-fal-error-type");
        var kind = OfErrorType(answer, errorType) ?? OfStatus(operation, answer.Status, failure);
        return new ProviderFault(
            kind, $"fal:{answer.Status}:{ShortCode.FromText(errorType ?? "none")}", answer.RetryAfter);
    }

    /// <summary>Classifies an error type regardless of the status; null if the type is unknown.</summary>
    public static FaultKind? OfErrorType(string? errorType) => errorType switch
    {
        null => null,
        _ when ErrorTypes.TryGetValue(errorType, out var kind) => kind,
        _ when FalErrorTypes.CallerPrefixes.Any(prefix => errorType.StartsWith(prefix, StringComparison.Ordinal)) =>
            FaultKind.Caller,
        _ => null,
    };

    private static FaultKind? OfErrorType(UpstreamAnswer.Answered answer, string? errorType) =>
        OfErrorType(errorType) is FaultKind.Outage && answer.Headers.GetValueOrDefault("x-fal-retryable") == "false"
            ? FaultKind.Operator
            : OfErrorType(errorType);

    private static FaultKind OfStatus(FalOperation operation, int status, FalFailure? failure) =>
        status switch
        {
            429 => FaultKind.Throttled,
            404 when operation is FalOperation.Poll && failure?.Status == "NOT_FOUND" => FaultKind.TaskLost,
            404 when operation is FalOperation.Submit => FaultKind.Operator,
            // A query starts nothing and contains no input of the caller's.
            404 or 408 or 499 => FaultKind.OutcomeUnknown,
            422 when operation is not FalOperation.Poll && failure is not null => FaultKind.Caller,
            >= 400 and <= 499 => FaultKind.Operator,
            // A 5xx without FAL's error body comes from a proxy, which may have passed the call on.
            >= 500 => operation is not FalOperation.Submit || failure is not null
                ? FaultKind.Outage
                : FaultKind.OutcomeUnknown,
            >= 300 and <= 399 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
}
