using TryOn.Api.Limits;
using TryOn.Core;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

public static class KeyFilterExtensions
{
    /// <summary>
    /// Requires an API key with a scope, and counts the request in the rate window of its route class.
    /// </summary>
    /// <param name="scope">Default: jobs:write for try-on routes and cancels, jobs:read for status routes, credits:read
    /// for credits, and none for other routes.</param>
    public static TBuilder RequireKey<TBuilder>(
        this TBuilder builder, RouteClass route = RouteClass.None, KeyScopes? scope = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory((factory, next) =>
        {
            var services = factory.ApplicationServices;
            var filter = new KeyFilter(
                services.GetRequiredService<IDirectory>(), services.GetRequiredService<KeyVault>(),
                services.GetRequiredService<RequestAdmission>(), route, scope ?? DefaultScope(route));
            return context => filter.InvokeAsync(context, next);
        });

    private static KeyScopes DefaultScope(RouteClass route) => route switch
    {
        RouteClass.TryOn => KeyScopes.JobsWrite,
        RouteClass.Status => KeyScopes.JobsRead,
        RouteClass.Credits => KeyScopes.CreditsRead,
        RouteClass.Cancel => KeyScopes.JobsWrite,
        _ => KeyScopes.None,
    };
}
