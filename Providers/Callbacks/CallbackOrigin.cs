namespace TryOn.Providers.Callbacks;

/// <summary>Makes the addresses that upstreams are asked to call back.</summary>
/// <param name="origin">Base address at which upstreams reach the gateway; empty if they cannot, and then no callbacks
/// are requested.</param>
public sealed class CallbackOrigin(string origin, CallbackAddress addresses)
{
    /// <summary>Null when no callback is to be requested.</summary>
    public string? AddressFor(string provider, string attemptId) =>
        origin.Length == 0 ? null : origin.TrimEnd('/') + addresses.PathFor(provider, attemptId);
}
