using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

public enum KlingOperation
{
    None = 0,
    Submit = 1,
    Poll = 2,
    Find = 3,
}

/// <summary>
/// Classifies Kling's failures by the error table of its API reference. The body's code takes precedence over the HTTP
/// status, which can mislead: an empty balance arrives as 429.
/// </summary>
/// <remarks>A submit that may have been accepted is an unknown outcome, never an outage, because Kling can be asked for
/// its task. A query starts nothing, so its 5xx is an outage.</remarks>
public static class KlingClassification
{
    private const int MethodInvalid = 1202;
    private const int ResourceMissing = 1203;
    private const int KeyOrValueInvalid = 1201;

    private static readonly string[] PolicyWords = ["risk", "security", "sensitive", "policy", "content"];
    private static readonly string[] InputWords = ["human", "cloth", "garment", "person", "detect", "face"];

    /// <summary>Classifies an answer that does not describe a task.</summary>
    public static ProviderFault Classify(
        KlingOperation operation, int status, TimeSpan? retryAfter, ReadOnlySpan<byte> body)
    {
        if (KlingEnvelope.Read(body) is not { Code: { } code } envelope)
            return new ProviderFault(FaultKind.OutcomeUnknown, "kling:not_json", retryAfter);
        var kind = OfCode(operation, status, code, envelope.Message ?? "");
        return new ProviderFault(kind, $"kling:{code}", retryAfter);
    }

    /// <summary>Classifies a failed task, which is described by free text only. The keywords are guesses.</summary>
    public static ProviderFault ClassifyTask(string? reason)
    {
        var kind = Names(reason, PolicyWords) ? FaultKind.Moderation
            : Names(reason, InputWords) ? FaultKind.Caller
            : FaultKind.TaskFailed;
        return new ProviderFault(kind, "kling:failed");
    }

    /// <summary>
    /// True if the token was rejected as not yet valid or expired. Nothing was started, so the call may be repeated
    /// with a new token.
    /// </summary>
    public static bool TokenRefused(UpstreamAnswer answer) =>
        answer is UpstreamAnswer.Answered answered && KlingEnvelope.Read(answered.Body)?.Code is 1003 or 1004;

    private static FaultKind OfCode(KlingOperation operation, int status, int code, string message) =>
        code switch
        {
            >= 1000 and <= 1004 => FaultKind.Operator,
            >= 1100 and <= 1103 => FaultKind.Operator,
            1200 or KeyOrValueInvalid => OfParameter(operation, code, message),
            MethodInvalid => FaultKind.Operator,
            ResourceMissing => OfMissing(operation, status),
            1300 or 1301 => FaultKind.Moderation,
            1302 or 1303 => FaultKind.Throttled,
            1304 => FaultKind.Operator,
            >= 5000 and <= 5002 => OfServer(operation),
            _ => OfStatus(operation, status, message),
        };

    /// <summary>A query contains no input of the caller's, so its parameters cannot be the caller's fault.</summary>
    private static FaultKind OfParameter(KlingOperation operation, int code, string message)
    {
        if (operation != KlingOperation.Submit)
            return FaultKind.OutcomeUnknown;
        // A duplicate external id is rejected with this code: the first submit did arrive.
        return code == KeyOrValueInvalid && NamesExternalId(message) ? FaultKind.OutcomeUnknown : FaultKind.Caller;
    }

    private static FaultKind OfMissing(KlingOperation operation, int status) =>
        operation == KlingOperation.Submit ? FaultKind.Operator
        // A task that is taken for lost is paid for again, so the code and the status must agree.
        : status == 404 ? FaultKind.TaskLost
        : FaultKind.OutcomeUnknown;

    /// <summary>Classifies codes that are not in the table.</summary>
    private static FaultKind OfStatus(KlingOperation operation, int status, string message) =>
        status switch
        {
            429 => FaultKind.Throttled,
            401 or 403 => FaultKind.Operator,
            408 => FaultKind.OutcomeUnknown,
            >= 400 and <= 499 when operation == KlingOperation.Submit =>
                Names(message, ["human_image", "cloth_image"]) ? FaultKind.Caller : FaultKind.Operator,
            >= 500 => OfServer(operation),
            _ => FaultKind.OutcomeUnknown,
        };

    private static FaultKind OfServer(KlingOperation operation) =>
        operation == KlingOperation.Submit ? FaultKind.OutcomeUnknown : FaultKind.Outage;

    /// <summary>Matches every spelling: external_task_id, externalTaskId, "external task id".</summary>
    private static bool NamesExternalId(string message) =>
        string.Concat(message.Where(char.IsAsciiLetter)).Contains("externaltaskid", StringComparison.OrdinalIgnoreCase);

    private static bool Names(string? text, string[] words) =>
        text is not null && words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
