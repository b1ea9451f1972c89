using TryOn.Core.Limits;

namespace TryOn.Core.Errors;

/// <summary>
/// An expected refusal or failure, worded by the gateway: it never contains an upstream's text, address or id.
/// </summary>
/// <param name="Param">The invalid request field, as the caller spelled it.</param>
/// <param name="RetryAfter">When the same request may succeed; null if it never will, or if that is unknown.</param>
/// <param name="LimitSource">For <see cref="ErrorCode.OutOfCredits"/>: what ran out, the <c>balance</c> or the
/// <c>key</c>.</param>
public sealed record Error(
    ErrorCode Code, string Message, string? Param = null, TimeSpan? RetryAfter = null, string? LimitSource = null)
{
    /// <summary>For <see cref="ErrorCode.RateLimited"/>: the state of the full window.</summary>
    public RateFigures? Rate { get; init; }

    /// <summary>For a failed job: the providers that were called, if any.</summary>
    public ProviderFailure? Failure { get; init; }

    public static Error NoCredits { get; } =
        new(ErrorCode.OutOfCredits, "No API credits remaining.", LimitSource: "balance");

    public static Error Frozen { get; } = new(
        ErrorCode.AccountFrozen, "This account is frozen by its operator. Running jobs go on, new ones are not taken.");

    public static Error Late { get; } = new(
        ErrorCode.Unavailable, "The request took too long to begin. Send it again.",
        RetryAfter: TimeSpan.FromSeconds(1));

    public static Error NoSuchJob { get; } = new(ErrorCode.NotFound, "There is no such job.");

    public static Error JobCanceled { get; } = new(ErrorCode.Canceled, "The job was canceled. Nothing was charged.");

    public static Error NoSuchAccount { get; } = new(ErrorCode.NotFound, "There is no such account.");

    public static Error NoSuchKey { get; } = new(ErrorCode.NotFound, "There is no such key.");

    public static Error BadKey { get; } =
        new(ErrorCode.Authentication, "The API key is missing, unknown or no longer valid.");
}
