using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.History;

/// <summary>The account's statement, oldest entry first.</summary>
public static class StatementEndpoints
{
    private const int PageMax = 1000;

    private static readonly string[] Columns =
    [
        "sequence", "at", "kind", "amount", "available", "reserved", "operation_id", "job_id", "reason", "key", "model",
        "user",
    ];

    public static IEndpointRouteBuilder MapStatement(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/statement", Read).RequireKey(RouteClass.Status, KeyScopes.CreditsRead)
            .Describe("History", "Every movement of credits, oldest first").ReturnsBody<StatementPage>();
        return routes;
    }

    private static async Task<IResult> Read(HttpContext context, IDirectory directory, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        var (after, csv) = (parameters.Number("after", 0, 0, long.MaxValue), parameters.Csv());
        var limit = (int)parameters.Number("limit", csv ? int.MaxValue : PageMax, 1, csv ? int.MaxValue : PageMax);
        if (parameters.Error is { } error)
            return new ErrorResult(error);
        var account = directory.Account(Caller.FromContext(context).Account.Id);
        if (csv)
        {
            var entries = new StatementReader(account.Statement).After(after, cancellation).Take(limit);
            return new CsvResult("statement", Columns, entries.Select(Fields));
        }

        var page = await account.Statement(after, limit);
        return page.ToHttp(statement => TypedResults.Json(statement));
    }

    private static IReadOnlyList<object?> Fields(StatementEntry entry) =>
    [
        entry.Sequence, entry.At, entry.Kind.ToString().ToLowerInvariant(), entry.Amount, entry.Available,
        entry.Reserved, entry.OperationId, entry.JobId, entry.Reason, entry.For?.KeyId, entry.For?.Model,
        entry.For?.EndUser,
    ];
}
