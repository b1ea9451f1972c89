namespace TryOn.Providers.Fal;

/// <summary>
/// Addresses of queued requests. FAL's queue returns addresses that omit part of the endpoint's name. They are stored
/// as paths, so that the API key is only ever sent to the configured host.
/// </summary>
public static class FalAddresses
{
    private const int PathLengthMax = 512;
    private const string StatusEnding = "/status";

    /// <summary>Null for a missing address or one of another origin.</summary>
    public static Uri? SameOrigin(string? address, FalOptions options)
    {
        var home = new Uri(options.BaseUrl.TrimEnd('/') + "/");
        return Uri.TryCreate(address, UriKind.Absolute, out var given) && home.IsBaseOf(given)
            && given.UserInfo.Length == 0 && given.AbsoluteUri.Length <= PathLengthMax
                ? given
                : null;
    }

    /// <summary>The path by which the request is polled.</summary>
    public static string PathOf(string? statusAddress, string endpoint, string requestId, FalOptions options)
    {
        var documented = $"{App(endpoint)}/requests/{Uri.EscapeDataString(requestId)}";
        if (SameOrigin(statusAddress, options) is not { } given
            || !given.AbsolutePath.EndsWith(StatusEnding, StringComparison.Ordinal))
            return documented;
        var path = given.AbsolutePath[..^StatusEnding.Length];
        var home = new Uri(options.BaseUrl.TrimEnd('/') + "/").AbsolutePath;
        return path[home.Length..];
    }

    /// <summary>Owner and app; the rest of an endpoint's name is not part of its requests' addresses.</summary>
    private static string App(string endpoint) => string.Join('/', endpoint.Split('/').Take(2));
}
