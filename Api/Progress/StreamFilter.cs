using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Progress;

/// <summary>
/// Authenticates a watcher before the connection is upgraded. Browsers cannot set headers on a stream, so a credential
/// may also come as a WebSocket subprotocol, and a token for a single job as a query parameter. An API key is never
/// accepted there, because addresses end up in logs. One of the account's stream permits is held until the stream ends.
/// </summary>
public sealed class StreamFilter(IDirectory directory, KeyVault vault, JobTokens tokens, StreamPermits permits)
    : IEndpointFilter
{
    private const string Subprotocol = "tryon-key.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var jobId = http.GetRouteValue("id") as string ?? "";
        if (Claim(http, jobId) is not { } claim)
            return new ErrorResult(Error.BadKey);
        var admitted = await directory.Account(claim.AccountId)
            .Authenticate(claim.KeyHash, RouteClass.Status, KeyScopes.JobsRead);
        if (!admitted.Ok)
            return new ErrorResult(admitted.Error.Code == ErrorCode.NotFound ? Error.BadKey : admitted.Error);
        if (admitted.Value.Rate is { } rate)
            RateHeaders.Write(http.Response, rate.Limit, rate.Remaining, rate.Reset);
        using var permit = permits.Acquire(admitted.Value.Account.Id);
        if (permit is null)
            return new ErrorResult(permits.Full);
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
