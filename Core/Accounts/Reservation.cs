namespace TryOn.Core.Accounts;

/// <summary>Credits held for one job until it is captured or released. Open reservations are the concurrency.</summary>
/// <param name="Fingerprint">Hash of the request, so that one idempotency key cannot stand for two requests.</param>
/// <param name="Body">Hash of the request as it was sent, so that a client's retry finds it; null where none is looked for.</param>
public sealed record Reservation(
    string JobId, long Amount, DateTimeOffset At, string Fingerprint, Purchase? For = null, string? Body = null);
