namespace TryOn.Core.Providers;

/// <summary>A failed upstream call, classed. Only adapters make these.</summary>
/// <param name="Code">Upstream's own short code, for the attempt log. Never shown to a caller.</param>
/// <param name="RetryAfter">The upstream's own hint, when it gave one.</param>
public sealed record ProviderFault(FaultKind Kind, string Code, TimeSpan? RetryAfter = null);
