using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.History;

/// <summary>An account's usage, computed from its statement at the time of the request.</summary>
public static class UsageEndpoints
{
    /// <summary>A caller can name any number of end users, so the number of rows needs a limit.</summary>
    private const int RowsMax = 10_000;

    private static readonly string[] Columns =
        ["day", "model", "key", "user", "requests", "captured", "released", "open"];

    public static IEndpointRouteBuilder MapUsage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/usage", Read).RequireKey(RouteClass.Status, KeyScopes.CreditsRead)
            .Describe("History", "Requests and credits by day, model, key or end user").ReturnsBody<UsageBody>();
        return routes;
    }

    /// <summary>Null when there would be more than <see cref="RowsMax"/> rows.</summary>
    public static async Task<UsageTally?> ComputeTally(
        StatementReader reader, UsageGroups by, Period period, Predicate<StatementEntry> wanted,
        CancellationToken cancellation)
    {
        var tally = new UsageTally(by, period);
        await foreach (var entry in reader.After(await reader.StartOf(period), cancellation))
        {
            if (tally.IsCompleteAt(entry))
                break;
            if (entry.Kind != EntryKind.Reserve || wanted(entry))
                tally.Add(entry);
            if (tally.Rows.Count > RowsMax)
                return null;
        }

        return tally;
    }

    private static async Task<IResult> Read(HttpContext context, IDirectory directory, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        var (period, by, csv) = (parameters.Period(), GroupBy(parameters), parameters.Csv());
        if (parameters.Error is { } error)
            return new ErrorResult(error);
        var reader = new StatementReader(directory.Account(Caller.FromContext(context).Account.Id).Statement);
        if (await ComputeTally(reader, by, period, _ => true, cancellation) is not { } tally)
        {
            return new ErrorResult(new Error(
                ErrorCode.InvalidRequest, $"This is more than {RowsMax} rows; ask for a shorter time or fewer groups.",
                "group_by"));
        }

        var rows = tally.Rows.Select(row => UsageRow.FromUsage(row.Key, row.Value))
            .OrderBy(row => (row.Day, row.Model, row.Key, row.User)).ToList();
        return csv
            ? new CsvResult("usage", Columns, rows.ToAsyncEnumerable().Select(row => row.Fields()))
            : TypedResults.Json(new UsageBody(period.From, period.To, rows, tally.Totals));
    }

    private static UsageGroups GroupBy(HistoryParameters parameters)
    {
        var by = UsageGroups.None;
        foreach (var name in parameters.Text("group_by")?.Split(',') ?? [])
        {
            var group = name switch
            {
                "day" => UsageGroups.Day,
                "model" => UsageGroups.Model,
                "key" => UsageGroups.Key,
                "user" => UsageGroups.User,
                _ => UsageGroups.None,
            };
            if (group == UsageGroups.None)
                parameters.Refuse(
                    "group_by", "group_by is one or more of day, model, key and user, with commas between.");
            by |= group;
        }

        return by;
    }
}

/// <param name="Totals">Over all time, these equal the account's own figures.</param>
public sealed record UsageBody(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<UsageRow> Data, UsageSum Totals);

/// <param name="Key">First 16 hex digits of the key's hash.</param>
/// <param name="User">Empty for requests that named no user. Like the other group fields, null when not grouped
/// by.</param>
/// <param name="Requests">Requests made within the row's time. Credits count in the row of their request, however much
/// later they were captured or released.</param>
public sealed record UsageRow(
    DateOnly? Day, string? Model, string? Key, string? User, long Requests, long Captured, long Released, long Open)
{
    public static UsageRow FromUsage(UsageGroup group, UsageSum sum) => new(
        group.Day, group.Model, group.Key, group.User, sum.Requests, sum.Captured, sum.Released, sum.Open);

    public IReadOnlyList<object?> Fields() => [Day, Model, Key, User, Requests, Captured, Released, Open];
}
