namespace TryOn.Core.Accounts;

/// <summary>Credits held for one job until it is captured or released. Open reservations are the concurrency.</summary>
/// <param name="Fingerprint">Hash of the request, so that one idempotency key cannot stand for two requests.</param>
/// <param name="Body">Hash of the request as it was sent, so that a client's retry finds it; null where none is looked for.</param>
public sealed record Reservation(
    string JobId, long Amount, DateTimeOffset At, string Fingerprint, Purchase? For = null, CountedIn? Counted = null,
    string? Body = null);

/// <summary>Where a reservation was counted against a key, so that a release is taken back exactly there.</summary>
/// <param name="KeyId">The key that held the limit; follows that key when it is rotated.</param>
public sealed record CountedIn(string KeyId, int Day);
