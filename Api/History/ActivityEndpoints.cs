using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Models;

namespace TryOn.Api.History;

/// <summary>Usage by day and model in OpenRouter's format, for the last 30 days or one of them.</summary>
public static class ActivityEndpoints
{
    private const int Days = 30;
    private const int KeyIdLength = 16;

    public static IEndpointRouteBuilder MapActivity(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/activity", Read).RequireKey(RouteClass.Status, KeyScopes.CreditsRead)
            .Describe("History", "The last 30 days by day and model, in OpenRouter's format")
            .ReturnsBody<ActivityBody>();
        return routes;
    }

    private static async Task<IResult> Read(
        HttpContext context, IDirectory directory, TimeProvider clock, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var (first, day, key) = (today.AddDays(1 - Days), parameters.Time("date"), parameters.Text("api_key_hash"));
        if (day is { } asked && (asked < first || asked > today || asked.TimeOfDay != TimeSpan.Zero))
            parameters.Refuse("date", $"date is one of the last {Days} days, as 2026-01-31.");
        if (key?.Length < KeyIdLength)
            parameters.Refuse("api_key_hash", "api_key_hash is a key's hash.");
        if (parameters.Error is { } error)
            return new ErrorResult(error);

        var period = new Period(day ?? first, (day ?? today).AddDays(1));
        var tally = await UsageEndpoints.ComputeTally(
            new StatementReader(directory.Account(Caller.FromContext(context).Account.Id).Statement),
            UsageGroups.Day | UsageGroups.Model, period,
            entry => key is null || entry.For?.KeyId == key[..KeyIdLength], cancellation);
        return TypedResults.Json(new ActivityBody(
        [
            .. (tally?.Rows ?? new Dictionary<UsageGroup, UsageSum>())
                .Select(row => ActivityRow.FromUsage(row.Key, row.Value))
                .OrderByDescending(row => row.Date).ThenBy(row => row.Model),
        ]));
    }
}

public sealed record ActivityBody(IReadOnlyList<ActivityRow> Data);

/// <summary>Has all of OpenRouter's fields, since its clients reject a row that lacks one.</summary>
/// <param name="Usage">Captured credits.</param>
public sealed record ActivityRow(
    DateOnly Date,
    string Model,
    string ModelPermaslug,
    string EndpointId,
    string ProviderName,
    long Usage,
    long ByokUsageInference,
    long Requests,
    long PromptTokens,
    long CompletionTokens,
    long ReasoningTokens)
{
    public static ActivityRow FromUsage(UsageGroup group, UsageSum sum) => new(
        group.Day!.Value, group.Model!, group.Model!, group.Model!, Catalog.Find(group.Model)?.ProviderName ?? "",
        sum.Captured, ByokUsageInference: 0, sum.Requests, PromptTokens: 0, CompletionTokens: 0, ReasoningTokens: 0);
}
