using System.Globalization;
using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Limits;
using TryOn.Core.Models;

namespace TryOn.Api.Dialects;

/// <summary>
/// FASHN's API, https://docs.fashn.ai/api-overview/api-fundamentals. FASHN's clients only need their base address
/// changed.
/// </summary>
public static class FashnEndpoints
{
    private const string CreditsUsed = "x-fashn-credits-used";

    private const string Run =
        """
        {"model_name": "tryon-v1.6",
         "inputs": {"model_image": "PICTURE", "garment_image": "PICTURE", "category": "auto"}}
        """;

    public static IEndpointRouteBuilder MapFashn(this IEndpointRouteBuilder routes)
    {
        var surface = routes.MapGroup("").WithMetadata(FlatError.Fashn);
        surface.MapPost("/run", Begin).RequireKey(RouteClass.TryOn)
            .Describe("FASHN", "Begins a try-on, to be polled")
            .AcceptsBody<FashnRun>(Run).ReturnsBody<FashnBegun>();
        surface.MapGet("/status/{id}", Poll).RequireKey(RouteClass.Status)
            .Describe("FASHN", "A job in FASHN's format").ReturnsBody<FashnStatus>();
        surface.MapGet(
            "/credits", (HttpContext context) =>
                TypedResults.Json(FashnCredits.FromAccount(Caller.FromContext(context).Account)))
            .RequireKey(RouteClass.Credits)
            .Describe("FASHN", "The credits that can be spent").ReturnsBody<FashnCredits>();
        return routes;
    }

    private static async Task<IResult> Begin(
        HttpContext context, DialectJobs jobs, IOptions<SurfaceOptions> surfaces, CancellationToken cancellation)
    {
        var read = await HashedJson<FashnRun>.Read(context.Request, cancellation);
        var request = read.Ok ? Read(context.Request, read.Value, surfaces.Value) : read.Error;
        return (await jobs.Begin(context, request, cancellation))
            .ToHttp(job => TypedResults.Json(new FashnBegun(job.Id, Error: null)));
    }

    private static Result<TryOnRequest> Read(HttpRequest request, HashedJson<FashnRun> read, SurfaceOptions surfaces)
    {
        var run = read.Body;
        if (run.Inputs is null || string.IsNullOrEmpty(run.ModelName))
            return new Error(ErrorCode.InvalidRequest, "A body has model_name and inputs.");
        if (!run.TryOn && Catalog.Find(run.ModelName) is null)
        {
            return new Error(
                ErrorCode.ModelNotFound,
                "There is no such model_name; tryon-v1.6 is one, and so is every model's slug.", "model_name");
        }

        return run.Inputs.ToRequest(surfaces, run.TryOn ? null : run.ModelName, request, read.Hash)
            .Map(asked => asked with
            {
                WebhookUrl = request.Query["webhook_url"],
                WebhookForm = FashnStatuses.WebhookForm,
                InlinePictures = run.Inputs.ReturnBase64 == true,
            });
    }

    private static async Task<IResult> Poll(
        string id, HttpContext context, JobSets sets, FashnStatuses statuses, PublicBaseUrl address,
        CancellationToken cancellation)
    {
        var jobs = await sets.Read(Caller.FromContext(context), id);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        if (jobs.Value.Combined is { Ended: true } ended)
            context.Response.Headers[CreditsUsed] = ended.Credits.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Json(await statuses.Render(jobs.Value, address.ForRequest(context.Request), cancellation));
    }
}
