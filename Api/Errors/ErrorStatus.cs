using TryOn.Core.Errors;

namespace TryOn.Api.Errors;

/// <summary>How an error code appears over HTTP.</summary>
/// <param name="Type">Read by OpenAI and TryItOn clients.</param>
/// <param name="Kind">OpenRouter's <c>metadata.error_type</c> vocabulary.</param>
public sealed record ErrorStatus(int Status, string Type, string Kind)
{
    /// <summary>docs/errors.md repeats this table; a test compares the two.</summary>
    public static ErrorStatus ForCode(ErrorCode code) => code switch
    {
        ErrorCode.PayloadTooLarge => new(413, "PayloadTooLarge", "payload_too_large"),
        ErrorCode.RequestTimeout => new(408, "RequestTimeout", "timeout"),
        ErrorCode.Authentication => new(401, "UnauthorizedAccess", "authentication"),
        ErrorCode.PermissionDenied => new(403, "Forbidden", "permission_denied"),
        ErrorCode.AccountFrozen => new(403, "Forbidden", "permission_denied"),
        ErrorCode.RateLimited => new(429, "RateLimitExceeded", "rate_limit_exceeded"),
        ErrorCode.InvalidRequest => new(400, "BadRequest", "invalid_request"),
        ErrorCode.ModelNotFound => new(404, "NotFound", "not_found"),
        ErrorCode.UnsupportedImageFormat => new(400, "BadRequest", "unsupported_image_format"),
        ErrorCode.ImageTooLarge => new(400, "BadRequest", "image_too_large"),
        ErrorCode.ImageTooSmall => new(400, "BadRequest", "image_too_small"),
        ErrorCode.InvalidImage => new(400, "BadRequest", "invalid_image"),
        ErrorCode.ImageDownloadFailed => new(400, "BadRequest", "image_download_failed"),
        ErrorCode.ProviderUnavailable => new(503, "NoProvider", "provider_overloaded"),
        ErrorCode.IdempotencyConflict => new(409, "Conflict", "precondition_failed"),
        ErrorCode.ConcurrencyLimited => new(429, "ConcurrencyLimitExceeded", "rate_limit_exceeded"),
        ErrorCode.OutOfCredits => new(402, "OutOfCredits", "payment_required"),
        ErrorCode.NotFound => new(404, "NotFound", "not_found"),
        ErrorCode.MethodNotAllowed => new(405, "MethodNotAllowed", "invalid_request"),
        ErrorCode.ImageRejected => new(422, "BadRequest", "invalid_image"),
        ErrorCode.ContentModerated => new(422, "ContentModerationError", "content_policy_violation"),
        ErrorCode.NoImageGenerated => new(422, "NoImageGenerated", "unprocessable"),
        ErrorCode.ProviderFailed => new(502, "ProviderError", "provider_unavailable"),
        ErrorCode.Timeout => new(504, "Timeout", "timeout"),
        ErrorCode.Canceled => new(409, "Canceled", "precondition_failed"),
        ErrorCode.Unavailable => new(503, "Unavailable", "provider_overloaded"),
        _ => new(500, "InternalServerError", "internal"),
    };

    /// <summary>The stable name on the wire: <c>OutOfCredits</c> is <c>out_of_credits</c>.</summary>
    public static string Name(ErrorCode code) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());
}
