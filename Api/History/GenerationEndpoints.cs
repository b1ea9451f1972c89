using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
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
            .Describe("History", "The account's requests, newest first").ReturnsBody<GenerationList>();
        routes.MapGet("/generation", Read).RequireKey(RouteClass.Status)
            .Describe("History", "One generation, in OpenRouter's format").ReturnsBody<GenerationBody>();
        return routes;
    }

    /// <summary>
    /// Returns one generation by its id. Without an id it returns the list, since some clients look for the list here.
    /// </summary>
    private static async Task<IResult> Read(
        HttpContext context, JobSets sets, Generations generations, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        if (parameters.Text("id") is not { } id)
            return await List(context, generations, cancellation);
        if (parameters.Error is { } error)
            return new ErrorResult(error);
        var jobs = await sets.Read(Caller.FromContext(context), id);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        var reserve = await generations.ReserveOf(jobs.Value.First, cancellation);
        return TypedResults.Json(new GenerationBody(GenerationDetail.FromJob(jobs.Value.Combined, reserve)));
    }

    private static async Task<IResult> List(
        HttpContext context, Generations generations, CancellationToken cancellation)
    {
        var parameters = new HistoryParameters(context.Request);
        var csv = parameters.Csv();
        var limit = (int)parameters.Number("limit", csv ? int.MaxValue : PageDefault, 1, csv ? int.MaxValue : PageMax);
        var (before, filter) = (parameters.Number("cursor", long.MaxValue, 1, long.MaxValue), Filter(parameters));
        if (parameters.Error is { } error)
            return new ErrorResult(error);
        var account = Caller.FromContext(context).Account.Id;
        if (csv)
        {
            var all = generations.All(account, filter, before, cancellation).Take(limit);
            return new CsvResult(
                "generations", GenerationObject.Columns,
                all.Select(item => GenerationObject.FromGeneration(item).Fields()));
        }

        var page = await generations.Page(account, filter, before, limit, cancellation);
        return TypedResults.Json(new GenerationList(
            "list", [.. page.Items.Select(GenerationObject.FromGeneration)], page.Next?.ToString()));
    }

    private static GenerationFilter Filter(HistoryParameters parameters)
    {
        var key = parameters.Text("key");
        if (key?.Length < KeyIdLength)
            parameters.Refuse("key", $"key is a key's hash, or the first {KeyIdLength} digits of it.");
        return new GenerationFilter(
            parameters.Period(), parameters.Text("model"), key?[..Math.Min(KeyIdLength, key.Length)],
            parameters.Text("user"),
            parameters.OneOf("status", "pending", "processing", "succeeded", "failed", "canceled"));
    }
}
