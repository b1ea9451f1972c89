using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Limits;
using TryOn.Core.Models;
using TryOn.Silo;

namespace TryOn.Throughput;

/// <summary>
/// The gateway with one additional route, which exercises only the account's part of a request: the key is checked and
/// counted, credits are reserved and committed, then the response is sent. The capture follows, as after a picture.
/// </summary>
internal static class AccountServer
{
    public const string Path = "/bench/reserve";

    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddNode();
        await using var app = builder.Build();
        app.MapNode();
        app.MapGroup("/bench").MapPost("/reserve", Reserve).RequireKey(RouteClass.TryOn);
        await app.RunAsync();
        return 0;
    }

    private static async Task<IResult> Reserve(HttpContext context, IDirectory directory, TimeProvider clock)
    {
        var caller = Caller.FromContext(context);
        var account = directory.Account(caller.Account.Id);
        var id = $"job_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        var reserved = await account.Ask(new AccountCommand.Reserve(
            id, 1, "print", new Purchase(caller.KeyId, Catalog.Models[0].Slug), clock.GetUtcNow()));
        if (!reserved.Ok)
            return TypedResults.Json(reserved.Error, statusCode: StatusCodes.Status429TooManyRequests);
        _ = Capture(account, id);
        return TypedResults.Json(new { id }, statusCode: StatusCodes.Status202Accepted);
    }

    private static Task<Result<ReservationReply>> Capture(IAccount account, string id) =>
        account.Ask(new AccountCommand.Capture(id));
}
