namespace TryOn.Core.Accounts;

/// <summary>What credits are held for.</summary>
/// <param name="KeyId">First 16 hex digits of the hash of the key that asked: enough to tell an account's keys apart.</param>
/// <param name="Model">Slug of the model that was asked for; in the entry of a capture, of the one that answered.</param>
/// <param name="EndUser">Whom the caller says it asks for; the caller's own word, at most 128 characters.</param>
public sealed record Purchase(string KeyId, string Model, string? EndUser = null);
