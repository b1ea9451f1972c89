using TryOn.Core.Keys;

namespace TryOn.Core.Accounts;

/// <summary>
/// Credits held for one job until they are captured or released. The number of open reservations is the account's
/// concurrency.
/// </summary>
/// <param name="Fingerprint">Hash of the request, so that one idempotency key cannot be used for two requests.</param>
/// <param name="Body">Hash of the request as it was sent, by which a client's retry is recognized; null if retries are
/// not recognized.</param>
/// <param name="Leader">The first job of the request, if this one is for a further picture; null for the first job
/// itself.</param>
public sealed record Reservation(
    string JobId, long Amount, DateTimeOffset At, string Fingerprint, Purchase? For = null, CountedIn? Counted = null,
    string? Body = null, string? Leader = null)
{
    /// <summary>Id of the job that represents the whole request.</summary>
    public string RequestId => Leader ?? JobId;
}
