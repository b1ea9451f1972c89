using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Accounts;

/// <summary>An account's keys in OpenRouter's shapes. A key is named by its hash; the secret cannot be found from it.</summary>
public static class KeyEndpoints
{
    private const int PageMax = 100;
    private static readonly TimeSpan GraceDefault = TimeSpan.FromHours(24);

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/key", Current).RequireKey().Says("Account", "The key that asks: its limit and what it has spent")
            .Answers<CurrentKey>();
        var keys = routes.MapGroup("/keys").RequireKey(RouteClass.None, KeyScopes.Keys);
        keys.MapGet("", List).Says("Account", "The account's keys").Answers<KeyList>();
        keys.MapPost("", Create).Says("Account", "Makes a key; its secret is shown this once")
            .Takes<KeyBody>("""{"name": "checkout", "limit": 100, "limit_reset": "monthly"}""")
            .Answers<KeyCreated>(StatusCodes.Status201Created);
        keys.MapGet("/{hash}", Read).Says("Account", "One key").Answers<KeyShown>();
        keys.MapPatch("/{hash}", Update).Says("Account", "Changes a key's name, limit, scopes or expiry, or disables it")
            .Takes<KeyBody>("""{"disabled": true}""").Answers<KeyShown>();
        keys.MapDelete("/{hash}", Remove).Says("Account", "Removes a key; its history stays").Answers<KeyDeleted>();
        keys.MapPost("/{hash}/rotate", Rotate).Says("Account", "Replaces a key; the old one works until its grace ends")
            .Takes<RotationBody>("""{"grace_seconds": 3600}""").Answers<KeyCreated>(StatusCodes.Status201Created);
        return routes;
    }

    private static async Task<IResult> List(
        HttpContext context, IDirectory directory, TimeProvider clock, string? offset = null, string? include_disabled = null)
    {
        var skip = 0;
        if (offset is not null && (!int.TryParse(offset, out skip) || skip < 0))
            return new ErrorResult(new Error(ErrorCode.InvalidRequest, "offset is a whole number from 0 up.", "offset"));
        if (Flag(include_disabled) is not { } disabledToo)
            return new ErrorResult(new Error(ErrorCode.InvalidRequest, "include_disabled is true or false.", "include_disabled"));
        var keys = await Account(directory, context).Keys();
        return keys.ToHttp(list => TypedResults.Json(new KeyList([
            .. list.Items.Where(key => !key.Disabled || disabledToo).Skip(skip).Take(PageMax)
                .Select(key => KeyObject.Of(key, clock.GetUtcNow())),
        ])));
    }

    /// <summary>As any language writes a truth: Python's True, PHP's 1. Null for what is none.</summary>
    private static bool? Flag(string? text) => text switch
    {
        null or "" or "0" => false,
        "1" => true,
        _ => bool.TryParse(text, out var flag) ? flag : null,
    };

    private static async Task<IResult> Read(string hash, HttpContext context, IDirectory directory, TimeProvider clock) =>
        Show(await Find(directory, context, hash), clock);

    private static async Task<IResult> Current(HttpContext context, IDirectory directory, TimeProvider clock)
    {
        var caller = Caller.Of(context);
        var key = await Find(directory, context, caller.KeyHash);
        return key.ToHttp(found => TypedResults.Json(
            new CurrentKey(CurrentKeyObject.Of(found, caller.Account.Limits, clock.GetUtcNow()))));
    }

    private static async Task<IResult> Create(
        HttpContext context, IDirectory directory, KeyVault vault, TimeProvider clock, CancellationToken cancellation)
    {
        // A body is optional, and so is everything in it; but one that is not understood may have held a limit.
        var body = await JsonBody.Read(context.Request, KeyBody.Empty, cancellation);
        var patch = body.Ok ? body.Value.ToPatch() : body.Error;
        if (!patch.Ok)
            return new ErrorResult(patch.Error);
        var caller = Caller.Of(context);
        var key = KeyVault.NewKey(caller.Account.Mode, caller.Account.Id);
        var wanted = vault.Describe(key, "", clock.GetUtcNow()) with { Scopes = Scopes.Work & caller.Scopes };
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
        var command = new AccountCommand.UpdateKey(hash, patch.Value, Caller.Of(context).Scopes);
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
        var caller = Caller.Of(context);
        var key = KeyVault.NewKey(caller.Account.Mode, caller.Account.Id);
        var grace = body.Value.GraceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : GraceDefault;
        var rotated = await Account(directory, context).Ask(
            new AccountCommand.RotateKey(hash, vault.Describe(key, "", clock.GetUtcNow()), grace, caller.Scopes));
        return Created(rotated, key, clock);
    }

    /// <summary>201, or OpenRouter's client takes it for a failure. The secret stands here and never again.</summary>
    private static IResult Created(Result<AccountKey> made, ApiKey secret, TimeProvider clock) =>
        made.ToHttp(key => TypedResults.Json(
            new KeyCreated(KeyObject.Of(key, clock.GetUtcNow()), secret.Text), statusCode: StatusCodes.Status201Created));

    private static IResult Show(Result<AccountKey> found, TimeProvider clock) =>
        found.ToHttp(key => TypedResults.Json(new KeyShown(KeyObject.Of(key, clock.GetUtcNow()))));

    private static async Task<Result<AccountKey>> Find(IDirectory directory, HttpContext context, string hash)
    {
        var keys = await Account(directory, context).Keys();
        return keys.Ok ? keys.Value.Items.Find(key => key.Hash == hash) ?? (Result<AccountKey>)Error.NoSuchKey : keys.Error;
    }

    private static IAccount Account(IDirectory directory, HttpContext context) =>
        directory.Account(Caller.Of(context).Account.Id);
}
