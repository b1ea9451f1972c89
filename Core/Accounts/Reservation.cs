namespace TryOn.Core.Accounts;

/// <summary>Credits held for one job until it is captured or released. Open reservations are the concurrency.</summary>
/// <param name="Fingerprint">Hash of the request, so that one idempotency key cannot stand for two requests.</param>
public sealed record Reservation(
    string JobId, long Amount, DateTimeOffset At, string Fingerprint, Purchase? For = null, CountedIn? Counted = null);

/// <summary>Where a reservation was counted against a key, so that a release is taken back exactly there.</summary>
/// <param name="KeyId">The key that held the limit; follows that key when it is rotated.</param>
public sealed record CountedIn(string KeyId, int Day);
