using System.Collections.Frozen;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// FAL's failures in our words (https://docs.fal.ai/model-apis/errors). Its word for the failure is asked before the HTTP
/// status, which lies: an empty balance arrives as 403, a failed run as 200.
/// </summary>
public static class FalClassification
{
    private static readonly FrozenDictionary<string, FaultKind> Words = FalWords.Kinds.ToFrozenDictionary();

    /// <summary>For every answer that does not describe a task or its result.</summary>
    public static ProviderFault Classify(FalOperation operation, UpstreamAnswer.Answered answer)
    {
        var failure = FalFailure.Read(answer.Body);
        var word = failure?.Word ?? answer.Headers.GetValueOrDefault("x-fal-error-type");
        var kind = OfWord(answer, word) ?? OfStatus(operation, answer.Status, failure);
        return new ProviderFault(kind, $"fal:{answer.Status}:{ShortCode.Of(word ?? "none")}", answer.RetryAfter);
    }

    /// <summary>The word says what happened, whatever the status; null where it is new to us.</summary>
    public static FaultKind? OfWord(string? word) => word switch
    {
        null => null,
        _ when Words.TryGetValue(word, out var kind) => kind,
        _ when FalWords.CallersPrefixes.Any(prefix => word.StartsWith(prefix, StringComparison.Ordinal)) =>
            FaultKind.Caller,
        _ => null,
    };

    private static FaultKind? OfWord(UpstreamAnswer.Answered answer, string? word) =>
        OfWord(word) is FaultKind.Outage && answer.Headers.GetValueOrDefault("x-fal-retryable") == "false"
            ? FaultKind.Operator
            : OfWord(word);

    private static FaultKind OfStatus(FalOperation operation, int status, FalFailure? failure) =>
        status switch
        {
            429 => FaultKind.Throttled,
            404 when operation is FalOperation.Poll && failure?.Status == "NOT_FOUND" => FaultKind.TaskLost,
            404 when operation is FalOperation.Submit => FaultKind.Operator,
            // A query starts nothing, and holds nothing of the caller's.
            404 or 408 or 499 => FaultKind.OutcomeUnknown,
            422 when operation is not FalOperation.Poll && failure is not null => FaultKind.Caller,
            >= 400 and <= 499 => FaultKind.Operator,
            // Without FAL's words a 5xx is from something in between, which may have passed the call on.
            >= 500 => operation is not FalOperation.Submit || failure is not null ? FaultKind.Outage : FaultKind.OutcomeUnknown,
            >= 300 and <= 399 => FaultKind.Operator,
            _ => FaultKind.OutcomeUnknown,
        };
}
