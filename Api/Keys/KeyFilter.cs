using TryOn.Api.Errors;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

/// <summary>
/// Lets a request in if its bearer token is a key of an account. Runs before the body is read. The account's id stands in
/// the key, and a key that fails its checksum never reaches an account.
/// </summary>
public sealed class KeyFilter(
    IDirectory directory, KeyVault vault, Admission admission, RouteClass route, KeyScopes needed) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    private static readonly Error Overrun = new(
        ErrorCode.Unavailable, "Too many requests are being taken in at once. Nothing was charged; send it again.",
        RetryAfter: TimeSpan.FromSeconds(1));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (ApiKey.Parse(Token(http.Request)) is not { } key)
            return new ErrorResult(Error.BadKey);
        var hash = vault.Hash(key);
        var admitted = await directory.Account(key.AccountId).Authenticate(hash, route, needed);
        if (!admitted.Ok)
            return new ErrorResult(admitted.Error);
        var caller = new Caller(admitted.Value.Account, hash) { Scopes = admitted.Value.Scopes, Rate = admitted.Value.Rate };
        if (caller.Rate is { } rate)
            RateHeaders.Write(http.Response, rate.Limit, rate.Remaining, rate.Reset);
        if (route != RouteClass.TryOn)
        {
            http.Features.Set(caller);
            return await next(context);
        }

        using var place = await admission.Enter(http.RequestAborted);
        if (place is null)
            return new ErrorResult(Overrun);
        http.Features.Set(caller with { Place = place });
        return await next(context);
    }

    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
}

public static class KeyFilterExtensions
{
    /// <summary>Requires an API key with a scope, and counts the request in its route class's window.</summary>
    /// <param name="scope">
    /// Where none is given: jobs:write for try-on routes and cancels, jobs:read for status routes, credits:read for credits,
    /// else any key.
    /// </param>
    public static TBuilder RequireKey<TBuilder>(
        this TBuilder builder, RouteClass route = RouteClass.None, KeyScopes? scope = null)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilterFactory((factory, next) =>
        {
            var services = factory.ApplicationServices;
            var filter = new KeyFilter(
                services.GetRequiredService<IDirectory>(), services.GetRequiredService<KeyVault>(),
                services.GetRequiredService<Admission>(), route, scope ?? Usual(route));
            return context => filter.InvokeAsync(context, next);
        });

    private static KeyScopes Usual(RouteClass route) => route switch
    {
        RouteClass.TryOn => KeyScopes.JobsWrite,
        RouteClass.Status => KeyScopes.JobsRead,
        RouteClass.Credits => KeyScopes.CreditsRead,
        RouteClass.Cancel => KeyScopes.JobsWrite,
        _ => KeyScopes.None,
    };
}
