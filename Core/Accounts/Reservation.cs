namespace TryOn.Core.Accounts;

/// <summary>Credits held for one job until it is captured or released. Open reservations are the concurrency.</summary>
/// <param name="Fingerprint">Hash of the request, so that one idempotency key cannot stand for two requests.</param>
public sealed record Reservation(string JobId, long Amount, DateTimeOffset At, string Fingerprint, Purchase? For = null);
