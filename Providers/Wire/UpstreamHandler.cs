namespace TryOn.Providers.Wire;

/// <summary>Creates the HTTP handler for upstream calls.</summary>
public static class UpstreamHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>DNS changes are noticed within this time.</summary>
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);

    public static SocketsHttpHandler Create() => Create(ConnectTimeout);

    /// <summary>
    /// Uses no proxy from the environment, no redirects and no cookies, so that an API key is sent only to the
    /// configured host. The runtime repeats a request only if its body was not started, so a POST is never sent twice.
    /// </summary>
    public static SocketsHttpHandler Create(TimeSpan connectTimeout) =>
        new()
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            ConnectTimeout = connectTimeout,
            PooledConnectionLifetime = ConnectionAge,
            UseCookies = false,
            UseProxy = false,
        };
}
