using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;

namespace TryOn.Api.Accounts;

public static class KeyEndpoints
{
    private const int NameLengthMax = 100;

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/keys", List).RequireKey().Says("Account", "The account's keys").Answers<KeyList>();
        routes.MapPost("/keys", Create).RequireKey().Says("Account", "Makes a key; its secret is shown this once")
            .Takes<NewKey>("""{"name": "checkout"}""").Answers<KeyCreated>(StatusCodes.Status201Created);
        return routes;
    }

    private static async Task<IResult> List(HttpContext context, IDirectory directory)
    {
        var keys = await directory.Account(Caller.Of(context).Account.Id).Keys();
        return keys.ToHttp(list => TypedResults.Json(new KeyList([.. list.Items.Select(KeyObject.Of)])));
    }

    private static async Task<IResult> Create(
        HttpContext context, IDirectory directory, KeyVault vault, TimeProvider clock, CancellationToken cancellation)
    {
        var account = Caller.Of(context).Account;
        var name = await Name(context.Request, cancellation);
        if (!name.Ok)
            return new ErrorResult(name.Error);
        var key = KeyVault.NewKey(account.Mode, account.Id);
        var added = await directory.Account(account.Id).AddKey(
            new AccountCommand.AddKey(vault.Describe(key, name.Value, clock.GetUtcNow())));
        // 201, or OpenRouter's client takes it for a failure. The secret stands here and never again.
        return added.ToHttp(stored => TypedResults.Json(
            new KeyCreated(KeyObject.Of(stored), key.Text), statusCode: StatusCodes.Status201Created));
    }

    /// <summary>A body is optional, and so is a name in it.</summary>
    private static async Task<Result<string>> Name(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            return "";
        var body = await JsonBody.Read<NewKey>(request, cancellation);
        if (!body.Ok)
            return body.Error;
        return body.Value.Name?.Length > NameLengthMax
            ? new Error(ErrorCode.InvalidRequest, $"A key's name has at most {NameLengthMax} characters.", "name")
            : body.Value.Name ?? "";
    }
}

public sealed record NewKey(string? Name);

public sealed record KeyList(IReadOnlyList<KeyObject> Data);

public sealed record KeyCreated(KeyObject Data, string Key);

/// <param name="Hash">Names the key in later calls; the secret cannot be found from it.</param>
public sealed record KeyObject(string Hash, string Label, string Name, bool Disabled, DateTimeOffset CreatedAt)
{
    public static KeyObject Of(AccountKey key) => new(key.Hash, key.Label, key.Name, key.Disabled, key.CreatedAt);
}
