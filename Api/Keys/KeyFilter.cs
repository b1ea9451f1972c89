using TryOn.Api.Errors;
using TryOn.Api.Limits;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

/// <summary>
/// Accepts a request whose bearer token is a key of an account. Runs before the body is read. The key contains the
/// account's id, and a key with a wrong checksum never reaches an account.
/// </summary>
public sealed class KeyFilter(
    IDirectory directory, KeyVault vault, RequestAdmission admission, RouteClass route, KeyScopes needed)
        : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    private static readonly Error Overloaded = new(
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
        var caller = new Caller(
            admitted.Value.Account, hash) { Scopes = admitted.Value.Scopes, Rate = admitted.Value.Rate };
        if (caller.Rate is { } rate)
            RateHeaders.Write(http.Response, rate.Limit, rate.Remaining, rate.Reset);
        if (route != RouteClass.TryOn)
        {
            http.Features.Set(caller);
            return await next(context);
        }

        using var permit = await admission.Acquire(http.RequestAborted);
        if (permit is null)
            return new ErrorResult(Overloaded);
        http.Features.Set(caller with { Permit = permit });
        return await next(context);
    }

    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;
}
