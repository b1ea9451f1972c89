using TryOn.Api.Accounts;
using TryOn.Api.Errors;
using TryOn.Api.History;
using TryOn.Api.Http;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Admin;

public static class AdminEndpoints
{
    private const int PageMax = 1000;

    public static IEndpointRouteBuilder MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin/v1").AddEndpointFilter<RouteGroupBuilder, AdminFilter>();
        admin.WithTags("Admin");
        admin.MapPost("/accounts", Open);
        admin.MapGet("/accounts", List);
        admin.MapGet("/accounts/{id}", Read);
        admin.MapPost("/accounts/{id}/credits", Grant);
        admin.MapAdjustments();
        admin.MapGet("/accounts/{id}/statement", Statement);
        admin.MapGet("/costs", Costs);
        admin.MapGet("/audit", async (Audit audit, CancellationToken cancellation) =>
            TypedResults.Json(await audit.Run(cancellation)));
        return routes;
    }

    private static async Task<IResult> Open(
        HttpRequest request, AccountOpening opening, CancellationToken cancellation)
    {
        var body = await JsonBody.Read<NewAccount>(request, cancellation);
        if (!body.Ok)
            return new ErrorResult(body.Error);
        if (body.Value.Mode?.ToLowerInvariant() is not ("live" or "test") || body.Value.Credits is < 0)
            return new ErrorResult(
                new Error(ErrorCode.InvalidRequest, "An account has mode live or test and credits from 0 up."));
        var mode = Enum.Parse<AccountMode>(body.Value.Mode, ignoreCase: true);
        var opened = await opening.Open(
            body.Value.Name ?? "", mode, body.Value.Credits ?? 0,
            (body.Value.Limits ?? new NewLimits(null, null, null)).Merge());
        return opened.ToHttp(account => TypedResults.Json(
            AccountObject.FromAccount(account.Account) with { Key = account.Key.Text },
            statusCode: StatusCodes.Status201Created));
    }

    /// <summary>
    /// Lists accounts in a stable order, which is not the order in which they were opened. <c>next</c> is the value to
    /// send as <c>after</c> for the next page.
    /// </summary>
    private static async Task<IResult> List(
        string? after, string? limit, IDirectory directory, CancellationToken cancellation)
    {
        if (!TryParseNumber(limit, PageMax, out var count))
            return new ErrorResult(new Error(ErrorCode.InvalidRequest, "limit is a whole number.", "limit"));
        var (accounts, started) = (new List<AccountObject>(), after is null);
        await foreach (var id in directory.AccountIds(cancellation))
        {
            if (accounts.Count == Math.Clamp(count, 1, PageMax))
                return TypedResults.Json(new AccountList(accounts, accounts[^1].Id));
            if (started && (await directory.Account(id).Read()).Value is { } account)
                accounts.Add(AccountObject.FromAccount(account));
            started |= id == after;
        }

        return TypedResults.Json(new AccountList(accounts, Next: null));
    }

    private static async Task<IResult> Read(string id, IDirectory directory) =>
        (await directory.Account(id).Read()).ToHttp(account => TypedResults.Json(AccountObject.FromAccount(account)));

    private static async Task<IResult> Grant(
        string id, HttpRequest request, IDirectory directory, CancellationToken cancellation)
    {
        var body = await JsonBody.Read<NewGrant>(request, cancellation);
        if (!body.Ok)
            return new ErrorResult(body.Error);
        if (AdjustmentEndpoints.Refuse(body.Value.OperationId, body.Value.Reason) is { } refusal)
            return new ErrorResult(refusal);
        var granted = await directory.Account(id).Ask(
            new AccountCommand.Grant(body.Value.Amount, body.Value.OperationId!, body.Value.Reason ?? ""));
        return granted.ToHttp(account => TypedResults.Json(AccountObject.FromAccount(account)));
    }

    private static async Task<IResult> Statement(string id, string? after, string? limit, IDirectory directory)
    {
        if (!TryParseNumber(after, otherwise: 0, out var start) || !TryParseNumber(limit, PageMax, out var count))
            return new ErrorResult(new Error(ErrorCode.InvalidRequest, "after and limit are whole numbers."));
        var page = await directory.Account(id).Statement(start, (int)Math.Clamp(count, 1, PageMax));
        return page.ToHttp(statement => TypedResults.Json(statement));
    }

    private static async Task<IResult> Costs(HttpRequest request, CostReport report, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(request);
        var period = parameters.Period();
        return parameters.Error is { } error
            ? new ErrorResult(error)
            : TypedResults.Json(new CostBody(period.From, period.To, await report.Read(period, cancellation)));
    }

    /// <summary>
    /// Parses a query parameter by hand: in Development, a parameter that fails to bind throws before the admin token
    /// is checked.
    /// </summary>
    private static bool TryParseNumber(string? text, long otherwise, out long number)
    {
        number = otherwise;
        return text is null || long.TryParse(text, out number);
    }
}

public sealed record NewAccount(string? Name, long? Credits, string? Mode, NewLimits? Limits);

public sealed record NewLimits(int? RequestsPerMinute, int? StatusRequestsPerMinute, int? Concurrency)
{
    public AccountLimits Merge() => new(
        RequestsPerMinute ?? AccountLimits.Default.RequestsPerMinute,
        StatusRequestsPerMinute ?? AccountLimits.Default.StatusRequestsPerMinute,
        Concurrency ?? AccountLimits.Default.Concurrency);
}

public sealed record NewGrant(long Amount, string? OperationId, string? Reason);

/// <param name="Next">Id of the last account of this page when more follow; null on the last page.</param>
public sealed record AccountList(IReadOnlyList<AccountObject> Data, string? Next);

/// <param name="Key">The account's first key. It is returned when the account is opened and never again.</param>
public sealed record AccountObject(
    string Id,
    string Name,
    string Mode,
    DateTimeOffset CreatedAt,
    long Available,
    long Reserved,
    long Captured,
    long Granted,
    AccountLimits Limits,
    Freeze? Frozen,
    string? Key = null)
{
    public static AccountObject FromAccount(AccountView account) => new(
        account.Id, account.Name, account.Mode.ToString().ToLowerInvariant(), account.CreatedAt, account.Available,
        account.Reserved, account.Captured, account.Granted, account.Limits, account.Frozen);
}
