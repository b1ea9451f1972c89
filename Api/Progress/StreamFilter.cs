using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Progress;

/// <summary>
/// Lets a watcher in, before anything is upgraded. A browser can set no header on a stream, so a credential may also come
/// as a subprotocol, and one that is good for a single job as a parameter. A key never: addresses end up in logs. The
/// account's place is held until the stream is over.
/// </summary>
public sealed class StreamFilter(IDirectory directory, KeyVault vault, JobTokens tokens, StreamPlaces places) : IEndpointFilter
{
    private const string Subprotocol = "tryon-key.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var jobId = http.GetRouteValue("id") as string ?? "";
        if (Claim(http, jobId) is not { } claim)
            return new ErrorResult(Error.BadKey);
        var admitted = await directory.Account(claim.AccountId).Authenticate(claim.KeyHash, RouteClass.Status, KeyScopes.JobsRead);
        if (!admitted.Ok)
            return new ErrorResult(admitted.Error.Code == ErrorCode.NotFound ? Error.BadKey : admitted.Error);
        if (admitted.Value.Rate is { } rate)
            RateHeaders.Write(http.Response, rate.Limit, rate.Remaining, rate.Reset);
        using var place = places.Enter(admitted.Value.Account.Id);
        if (place is null)
            return new ErrorResult(places.Full);
        http.Features.Set(new Caller(admitted.Value.Account, claim.KeyHash) { Scopes = admitted.Value.Scopes });
        return await next(context);
    }

    private TokenClaim? Claim(HttpContext http, string jobId)
    {
        var offered = http.WebSockets.WebSocketRequestedProtocols
            .FirstOrDefault(protocol => protocol.StartsWith(Subprotocol, StringComparison.Ordinal));
        if (KeyFilter.Token(http.Request) is { } header)
            return Key(header) ?? tokens.Read(header, jobId);
        return offered is not null
            ? Key(offered[Subprotocol.Length..]) ?? tokens.Read(offered[Subprotocol.Length..], jobId)
            : tokens.Read(http.Request.Query["token"], jobId);
    }

    private TokenClaim? Key(string text) =>
        ApiKey.Parse(text) is { } key ? new TokenClaim(key.AccountId, vault.Hash(key)) : null;
}
