namespace TryOn.Providers.Wire;

/// <summary>The connections that adapters send over.</summary>
public static class UpstreamHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>DNS changes are noticed within this time.</summary>
    private static readonly TimeSpan ConnectionAge = TimeSpan.FromMinutes(5);

    public static SocketsHttpHandler Create() => Create(ConnectTimeout);

    /// <summary>
    /// No proxy from the environment, no redirects and no cookies: a key goes to the configured host and nowhere else.
    /// The runtime repeats a request only before its body was begun, so a POST is never sent twice.
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
