using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Limits;

namespace TryOn.Api.History;

public static class GenerationEndpoints
{
    private const int PageDefault = 50;
    private const int PageMax = 200;
    private const int KeyIdLength = 16;

    public static IEndpointRouteBuilder MapGenerations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/generations", List).RequireKey(RouteClass.Status)
            .Says("History", "What was asked for, newest first").Answers<GenerationList>();
        routes.MapGet("/generation", Read).RequireKey(RouteClass.Status)
            .Says("History", "One generation, in OpenRouter's shape").Answers<GenerationBody>();
        return routes;
    }

    /// <summary>One by its id; without an id the list, since some readers look for it here.</summary>
    private static async Task<IResult> Read(
        HttpContext context, JobSets sets, Generations generations, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        if (parameters.Text("id") is not { } id)
            return await List(context, generations, cancellation);
        if (parameters.Error is { } error)
            return new ErrorResult(error);
        var jobs = await sets.Read(Caller.Of(context), id);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        var reserve = await generations.ReserveOf(jobs.Value.First, cancellation);
        return TypedResults.Json(new GenerationBody(GenerationDetail.Of(jobs.Value.Whole, reserve)));
    }

    private static async Task<IResult> List(HttpContext context, Generations generations, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        var csv = parameters.Csv();
        var limit = (int)parameters.Number("limit", csv ? int.MaxValue : PageDefault, 1, csv ? int.MaxValue : PageMax);
        var (before, filter) = (parameters.Number("cursor", long.MaxValue, 1, long.MaxValue), Filter(parameters));
        if (parameters.Error is { } error)
            return new ErrorResult(error);
        var account = Caller.Of(context).Account.Id;
        if (csv)
        {
            var all = generations.All(account, filter, before, cancellation).Take(limit);
            return new CsvResult(
                "generations", GenerationObject.Head, all.Select(item => GenerationObject.Of(item).Fields()));
        }

        var page = await generations.Page(account, filter, before, limit, cancellation);
        return TypedResults.Json(new GenerationList(
            "list", [.. page.Items.Select(GenerationObject.Of)], page.Next?.ToString()));
    }

    private static GenerationFilter Filter(HistoryParameters parameters)
    {
        var key = parameters.Text("key");
        if (key?.Length < KeyIdLength)
            parameters.Refuse("key", $"key is a key's hash, or the first {KeyIdLength} digits of it.");
        return new GenerationFilter(
            parameters.Period(), parameters.Text("model"), key?[..Math.Min(KeyIdLength, key.Length)], parameters.Text("user"),
            parameters.Word("status", "pending", "processing", "succeeded", "failed", "canceled"));
    }
}
