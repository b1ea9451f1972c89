using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

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
    /// For pages, and its answers are kept by browsers. A browser asks for the picture of an <c>img</c> without an
    /// <c>Origin</c>, keeps the answer, and gives it to a script of the page as well: so an answer says who may read
    /// it, or varies by it, whoever asked (https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches).
    /// </summary>
    public static RouteHandlerBuilder OpenToPagesFromCache(this RouteHandlerBuilder route) =>
        route.OpenToPages().AddEndpointFilter((context, next) =>
        {
            var origins = context.HttpContext.RequestServices.GetRequiredService<IOptions<BrowserOptions>>().Value
                .Origins;
            // When the answer starts, since an error replaces all headers that were set before it.
            context.HttpContext.Response.OnStarting(() =>
            {
                Say(context.HttpContext, origins);
                return Task.CompletedTask;
            });
            return next(context);
        });

    private static void Say(HttpContext context, IList<string> origins)
    {
        var headers = context.Response.Headers;
        var asked = context.Request.Headers.Origin.ToString();
        // Where several origins are listed, the framework says this itself to those that are.
        if (origins.Count == 1 || (origins.Count > 1 && !origins.Contains(asked)))
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        // Several origins cannot be named at once, so then the answer only varies.
        if (asked.Length == 0 && origins.Count <= 1)
            headers.AccessControlAllowOrigin = origins.Count == 0 ? "*" : origins[0];
    }

    /// <summary>
    /// No header with a credential: a script that has a key cannot send it, and one that has a token says it in the
    /// address.
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
