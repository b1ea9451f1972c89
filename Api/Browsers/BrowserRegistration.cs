using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace TryOn.Api.Browsers;

/// <summary>
/// Lets a shop's page watch a job and read its pictures, which are under another origin than the page
/// (https://fetch.spec.whatwg.org/#http-cors-protocol). A browser adds no credential by itself, so any page may ask: it has
/// a job's token or an address that is signed, or it is refused. All other routes take API keys, which never belong in a
/// browser, and are closed to pages.
/// </summary>
public static class BrowserRegistration
{
    private const string Policy = "pages";

    /// <summary>How long a browser need not ask again whether it may ask.</summary>
    private static readonly TimeSpan PreflightLife = TimeSpan.FromHours(1);

    public static void AddBrowsers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BrowserOptions, BrowserOptionsValidator>().BindConfiguration("TryOn:Browsers");
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<BrowserOptions>>(
            (cors, browsers) => cors.AddPolicy(Policy, policy => Allow(policy, browsers.Value.Origins)));
        // To WebSockets browsers apply no such rules: they name the page, and leave it to the server.
        services.AddOptions<WebSocketOptions>().Configure<IOptions<BrowserOptions>>((sockets, browsers) =>
        {
            foreach (var origin in browsers.Value.Origins)
                sockets.AllowedOrigins.Add(origin);
        });
    }

    /// <summary>This route is for pages too.</summary>
    public static RouteHandlerBuilder OpenToPages(this RouteHandlerBuilder route) => route.RequireCors(Policy);

    /// <summary>
    /// No header with a credential: a script that has a key cannot send it, and one that has a token says it in the address.
    /// </summary>
    private static void Allow(CorsPolicyBuilder policy, IList<string> origins)
    {
        policy.WithMethods(HttpMethods.Get).WithHeaders("Last-Event-ID").SetPreflightMaxAge(PreflightLife);
        if (origins.Count == 0)
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. origins]);
    }
}
