namespace TryOn.Core.Providers;

/// <summary>
/// A classified failure of an upstream call. Created by adapters, and by the job for failures found elsewhere.
/// </summary>
/// <param name="Code">The upstream's short code, for the attempt log. Never shown to a caller.</param>
/// <param name="RetryAfter">The upstream's retry hint; null if it gave none.</param>
public sealed record ProviderFault(FaultKind Kind, string Code, TimeSpan? RetryAfter = null);
