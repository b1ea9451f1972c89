namespace TryOn.Core.Errors;

/// <summary>
/// Every error that a caller can receive: first those that refuse a request, then those that end a job. Numbers and
/// names are stored with jobs, so they never change meaning; docs/errors.md gives the HTTP status and advice for each.
/// </summary>
public enum ErrorCode
{
    /// <summary>No error. Never stored: a record that has it was written without this field.</summary>
    None = 0,
    PayloadTooLarge = 1,
    RequestTimeout = 27,
    Authentication = 2,
    PermissionDenied = 3,
    AccountFrozen = 25,
    RateLimited = 4,
    InvalidRequest = 5,
    ModelNotFound = 6,
    UnsupportedImageFormat = 7,
    ImageTooLarge = 8,
    ImageTooSmall = 9,
    InvalidImage = 10,
    ImageDownloadFailed = 11,
    ProviderUnavailable = 12,
    IdempotencyConflict = 13,
    ConcurrencyLimited = 14,
    OutOfCredits = 15,
    NotFound = 16,
    MethodNotAllowed = 26,
    ImageRejected = 17,
    ContentModerated = 18,
    NoImageGenerated = 19,
    ProviderFailed = 20,
    Timeout = 21,
    Canceled = 22,
    Unavailable = 23,
    Internal = 24,
}
