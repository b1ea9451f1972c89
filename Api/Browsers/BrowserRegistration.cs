using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace TryOn.Api.Browsers;

/// <summary>
/// Lets a shop's web page, whose origin is not the gateway's, watch a job and read its pictures
/// (https://fetch.spec.whatwg.org/#http-cors-protocol). Browsers add no credential here on their own, so any page may
/// send a request: it is refused unless it carries a job's token or a signed address. All other routes take API keys,
/// which never belong in a browser, and allow no other origin.
/// </summary>
public static class BrowserRegistration
{
    private const string Policy = "pages";

    /// <summary>How long a browser may cache the answer to a preflight request.</summary>
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromHours(1);

    public static void AddBrowsers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BrowserOptions, BrowserOptionsValidator>()
            .BindConfiguration("TryOn:Browsers");
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<BrowserOptions>>(
            (cors, browsers) => cors.AddPolicy(Policy, policy => Allow(policy, browsers.Value.Origins)));
        // CORS does not cover WebSockets: browsers only send the page's origin, and the server must check it.
        services.AddOptions<WebSocketOptions>().Configure<IOptions<BrowserOptions>>((sockets, browsers) =>
        {
            foreach (var origin in browsers.Value.Origins)
                sockets.AllowedOrigins.Add(origin);
        });
    }

    /// <summary>Allows pages of the configured origins to call this route.</summary>
    public static RouteHandlerBuilder OpenToPages(this RouteHandlerBuilder route) => route.RequireCors(Policy);

    /// <summary>
    /// No header that carries a credential is allowed: a page must not hold an API key, and it passes a job's token in
    /// the address.
    /// </summary>
    private static void Allow(CorsPolicyBuilder policy, IList<string> origins)
    {
        policy.WithMethods(HttpMethods.Get).WithHeaders("Last-Event-ID").SetPreflightMaxAge(PreflightMaxAge);
        if (origins.Count == 0)
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. origins]);
    }
}
