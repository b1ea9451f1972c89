using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.History;

/// <summary>What an account's requests came to, added up from its statement at the moment of asking.</summary>
public static class UsageEndpoints
{
    /// <summary>End users are as many as a caller makes them; an answer is not.</summary>
    private const int RowsMax = 10_000;

    private static readonly string[] Head = ["day", "model", "key", "user", "requests", "captured", "released", "open"];

    public static IEndpointRouteBuilder MapUsage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/usage", Read).RequireKey(RouteClass.Status, KeyScopes.CreditsRead)
            .Says("History", "Requests and credits by day, model, key or end user").Answers<UsageBody>();
        return routes;
    }

    /// <summary>Null when there are more rows than an answer holds.</summary>
    public static async Task<UsageTally?> Tally(
        StatementReader reader, UsageGroups by, Period period, Predicate<StatementEntry> wanted, CancellationToken cancellation)
    {
        var tally = new UsageTally(by, period);
        await foreach (var entry in reader.After(await reader.StartOf(period), cancellation))
        {
            if (tally.Complete(entry))
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
        var reader = new StatementReader(directory.Account(Caller.Of(context).Account.Id).Statement);
        if (await Tally(reader, by, period, _ => true, cancellation) is not { } tally)
        {
            return new ErrorResult(new Error(
                ErrorCode.InvalidRequest, $"This is more than {RowsMax} rows; ask for a shorter time or fewer groups.", "group_by"));
        }

        var rows = tally.Rows.Select(row => UsageRow.Of(row.Key, row.Value))
            .OrderBy(row => (row.Day, row.Model, row.Key, row.User)).ToList();
        return csv
            ? new CsvResult("usage", Head, rows.ToAsyncEnumerable().Select(row => row.Fields()))
            : TypedResults.Json(new UsageBody(period.From, period.To, rows, tally.Totals));
    }

    private static UsageGroups GroupBy(HistoryParameters parameters)
    {
        var by = UsageGroups.None;
        foreach (var word in parameters.Text("group_by")?.Split(',') ?? [])
        {
            var group = word switch
            {
                "day" => UsageGroups.Day,
                "model" => UsageGroups.Model,
                "key" => UsageGroups.Key,
                "user" => UsageGroups.User,
                _ => UsageGroups.None,
            };
            if (group == UsageGroups.None)
                parameters.Refuse("group_by", "group_by is one or more of day, model, key and user, with commas between.");
            by |= group;
        }

        return by;
    }
}

/// <param name="Totals">Over all time these are the account's own figures.</param>
public sealed record UsageBody(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<UsageRow> Data, UsageSum Totals);

/// <param name="Key">First 16 hex digits of the key's hash.</param>
/// <param name="User">Empty for requests that named none; null, as the others, when not grouped by.</param>
/// <param name="Requests">Made within the row's time. Credits are told where their request is, however late they moved.</param>
public sealed record UsageRow(
    DateOnly? Day, string? Model, string? Key, string? User, long Requests, long Captured, long Released, long Open)
{
    public static UsageRow Of(UsageGroup group, UsageSum sum) => new(
        group.Day, group.Model, group.Key, group.User, sum.Requests, sum.Captured, sum.Released, sum.Open);

    public IReadOnlyList<object?> Fields() => [Day, Model, Key, User, Requests, Captured, Released, Open];
}
