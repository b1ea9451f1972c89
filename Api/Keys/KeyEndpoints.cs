using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Keys;

/// <summary>
/// An account's keys in OpenRouter's format. A key is named by its hash, from which the secret cannot be recovered.
/// </summary>
public static class KeyEndpoints
{
    private const int PageMax = 100;
    private static readonly TimeSpan GraceDefault = TimeSpan.FromHours(24);

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/key", Current).RequireKey()
            .Describe("Account", "The key that makes the request: its limit and what it has spent")
            .ReturnsBody<CurrentKey>();
        var keys = routes.MapGroup("/keys").RequireKey(RouteClass.None, KeyScopes.Keys);
        keys.MapGet("", List).Describe("Account", "The account's keys").ReturnsBody<KeyList>();
        keys.MapPost("", Create).Describe("Account", "Creates a key and returns its secret, which is not shown again")
            .AcceptsBody<KeyBody>("""{"name": "checkout", "limit": 100, "limit_reset": "monthly"}""")
            .ReturnsBody<KeyCreated>(StatusCodes.Status201Created);
        keys.MapGet("/{hash}", Read).Describe("Account", "One key").ReturnsBody<KeyShown>();
        keys.MapPatch("/{hash}", Update)
            .Describe("Account", "Changes a key's name, limit, scopes or expiry, or disables it")
            .AcceptsBody<KeyBody>("""{"disabled": true}""").ReturnsBody<KeyShown>();
        keys.MapDelete("/{hash}", Remove).Describe("Account", "Deletes a key; its history remains")
            .ReturnsBody<KeyDeleted>();
        keys.MapPost("/{hash}/rotate", Rotate)
            .Describe("Account", "Replaces a key; the old one stays valid for a grace period")
            .AcceptsBody<RotationBody>("""{"grace_seconds": 3600}""").ReturnsBody<KeyCreated>(
                StatusCodes.Status201Created);
        return routes;
    }

    private static async Task<IResult> List(
        HttpContext context, IDirectory directory, TimeProvider clock, string? offset = null,
        string? include_disabled = null)
    {
        var skip = 0;
        if (offset is not null && (!int.TryParse(offset, out skip) || skip < 0))
            return new ErrorResult(
                new Error(ErrorCode.InvalidRequest, "offset is a whole number from 0 up.", "offset"));
        if (!TruthValue.TryRead(include_disabled, out var disabledToo))
            return new ErrorResult(TruthValue.Refusal("include_disabled"));
        var keys = await Account(directory, context).Keys();
        return keys.ToHttp(list => TypedResults.Json(new KeyList([
            .. list.Items.Where(key => !key.Disabled || disabledToo == true).Skip(skip).Take(PageMax)
                .Select(key => KeyObject.FromKey(key, clock.GetUtcNow())),
        ])));
    }

    private static async Task<IResult> Read(
        string hash, HttpContext context, IDirectory directory, TimeProvider clock) =>
        Show(await Find(directory, context, hash), clock);

    private static async Task<IResult> Current(HttpContext context, IDirectory directory, TimeProvider clock)
    {
        var caller = Caller.FromContext(context);
        var key = await Find(directory, context, caller.KeyHash);
        return key.ToHttp(found => TypedResults.Json(
            new CurrentKey(CurrentKeyObject.FromKey(found, caller.Account.Limits, clock.GetUtcNow()))));
    }

    private static async Task<IResult> Create(
        HttpContext context, IDirectory directory, KeyVault vault, TimeProvider clock, CancellationToken cancellation)
    {
        // The body and all its fields are optional, but an unreadable body is rejected, because it may have held a
        // limit.
        var body = await JsonBody.Read(context.Request, KeyBody.Empty, cancellation);
        var patch = body.Ok ? body.Value.ToPatch() : body.Error;
        if (!patch.Ok)
            return new ErrorResult(patch.Error);
        var caller = Caller.FromContext(context);
        var key = KeyVault.NewKey(caller.Account.Mode, caller.Account.Id);
        var wanted = vault.Describe(key, "", clock.GetUtcNow()) with { Scopes = Scopes.Default & caller.Scopes };
        var added = await Account(directory, context).Ask(
            new AccountCommand.AddKey(patch.Value.Apply(wanted), caller.Scopes));
        return Created(added, key, clock);
    }

    private static async Task<IResult> Update(
        string hash, HttpContext context, IDirectory directory, TimeProvider clock, CancellationToken cancellation)
    {
        var body = await JsonBody.Read<KeyBody>(context.Request, cancellation);
        var patch = body.Ok ? body.Value.ToPatch() : body.Error;
        if (!patch.Ok)
            return new ErrorResult(patch.Error);
        var command = new AccountCommand.UpdateKey(hash, patch.Value, Caller.FromContext(context).Scopes);
        return Show(await Account(directory, context).Ask(command), clock);
    }

    private static async Task<IResult> Remove(string hash, HttpContext context, IDirectory directory)
    {
        var removed = await Account(directory, context).Ask(new AccountCommand.RemoveKey(hash));
        return removed.ToHttp(_ => TypedResults.Json(new KeyDeleted(Deleted: true)));
    }

    private static async Task<IResult> Rotate(
        string hash, HttpContext context, IDirectory directory, KeyVault vault, TimeProvider clock,
        CancellationToken cancellation)
    {
        var body = await JsonBody.Read(context.Request, new RotationBody(GraceSeconds: null), cancellation);
        if (!body.Ok)
            return new ErrorResult(body.Error);
        var caller = Caller.FromContext(context);
        var key = KeyVault.NewKey(caller.Account.Mode, caller.Account.Id);
        var grace = body.Value.GraceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : GraceDefault;
        var rotated = await Account(directory, context).Ask(
            new AccountCommand.RotateKey(hash, vault.Describe(key, "", clock.GetUtcNow()), grace, caller.Scopes));
        return Created(rotated, key, clock);
    }

    /// <summary>
    /// Responds with 201, since OpenRouter's client treats any other status as a failure. The secret is returned only
    /// here.
    /// </summary>
    private static IResult Created(Result<AccountKey> made, ApiKey secret, TimeProvider clock) =>
        made.ToHttp(key => TypedResults.Json(
            new KeyCreated(KeyObject.FromKey(key, clock.GetUtcNow()), secret.Text),
            statusCode: StatusCodes.Status201Created));

    private static IResult Show(Result<AccountKey> found, TimeProvider clock) =>
        found.ToHttp(key => TypedResults.Json(new KeyShown(KeyObject.FromKey(key, clock.GetUtcNow()))));

    private static async Task<Result<AccountKey>> Find(IDirectory directory, HttpContext context, string hash)
    {
        var keys = await Account(directory, context).Keys();
        return keys.Ok
            ? keys.Value.Items.Find(key => key.Hash == hash) ?? (Result<AccountKey>)Error.NoSuchKey
            : keys.Error;
    }

    private static IAccount Account(IDirectory directory, HttpContext context) =>
        directory.Account(Caller.FromContext(context).Account.Id);
}
