namespace TryOn.Providers.Fal;

/// <summary>
/// The queue gives its own addresses, which drop part of the endpoint's name. They are kept as paths, so that the key is
/// sent to the configured host and nowhere else.
/// </summary>
public static class FalAddresses
{
    private const int PathLengthMax = 512;
    private const string StatusEnding = "/status";

    /// <summary>Null for an address of another origin, or for none.</summary>
    public static Uri? Own(string? address, FalOptions options)
    {
        var home = new Uri(options.BaseUrl.TrimEnd('/') + "/");
        return Uri.TryCreate(address, UriKind.Absolute, out var given) && home.IsBaseOf(given)
            && given.UserInfo.Length == 0 && given.AbsoluteUri.Length <= PathLengthMax
                ? given
                : null;
    }

    /// <summary>What the request is asked for by later on.</summary>
    public static string PathOf(string? statusAddress, string endpoint, string requestId, FalOptions options)
    {
        var documented = $"{App(endpoint)}/requests/{Uri.EscapeDataString(requestId)}";
        if (Own(statusAddress, options) is not { } given || !given.AbsolutePath.EndsWith(StatusEnding, StringComparison.Ordinal))
            return documented;
        var path = given.AbsolutePath[..^StatusEnding.Length];
        var home = new Uri(options.BaseUrl.TrimEnd('/') + "/").AbsolutePath;
        return path[home.Length..];
    }

    /// <summary>Owner and app: the rest of an endpoint's name is not part of its requests' addresses.</summary>
    private static string App(string endpoint) => string.Join('/', endpoint.Split('/').Take(2));
}
