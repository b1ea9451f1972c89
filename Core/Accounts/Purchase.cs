namespace TryOn.Core.Accounts;

/// <summary>What credits are reserved for.</summary>
/// <param name="KeyId">First 16 hex digits of the hash of the API key used: enough to tell an account's keys
/// apart.</param>
/// <param name="Model">Slug of the requested model; in a capture entry, of the model that answered.</param>
/// <param name="EndUser">The end user as named by the caller, not verified; at most 128 characters.</param>
public sealed record Purchase(string KeyId, string Model, string? EndUser = null);
