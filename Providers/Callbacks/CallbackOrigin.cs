namespace TryOn.Providers.Callbacks;

/// <summary>Where upstreams are told to call back to.</summary>
/// <param name="origin">The gateway as the upstreams reach it; empty where they do not, and then none is told anything.</param>
public sealed class CallbackOrigin(string origin, CallbackAddress addresses)
{
    /// <summary>Null when an upstream is not to call back.</summary>
    public string? AddressFor(string provider, string attemptId) =>
        origin.Length == 0 ? null : origin.TrimEnd('/') + addresses.PathFor(provider, attemptId);
}
