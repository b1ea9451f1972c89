namespace TryOn.Core.Accounts;

/// <summary>Credits held for one job until it is captured or released. Open reservations are the concurrency.</summary>
/// <param name="Fingerprint">Hash of the request, so that one idempotency key cannot stand for two requests.</param>
/// <param name="Body">Hash of the request as it was sent, so that a client's retry finds it; null where none is looked for.</param>
/// <param name="Leader">The first job of the request, where this one is for a further picture; null for the first itself.</param>
public sealed record Reservation(
    string JobId, long Amount, DateTimeOffset At, string Fingerprint, Purchase? For = null, CountedIn? Counted = null,
    string? Body = null, string? Leader = null)
{
    /// <summary>The job that stands for the whole request.</summary>
    public string RequestId => Leader ?? JobId;
}

/// <summary>Where a reservation was counted against a key, so that a release is taken back exactly there.</summary>
/// <param name="KeyId">The key that held the limit; follows that key when it is rotated.</param>
public sealed record CountedIn(string KeyId, int Day);
