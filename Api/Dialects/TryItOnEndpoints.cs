using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Keys;
using TryOn.Core.Errors;
using TryOn.Core.Limits;

namespace TryOn.Api.Dialects;

/// <summary>TryItOn's API: one path for each kind of try-on, and one to poll.</summary>
public static class TryItOnEndpoints
{
    private const string Clothes =
        """
        {"model_image": "PICTURE", "garment_image": "PICTURE", "category": "tops", "mode": "balanced",
         "num_samples": 1}
        """;

    private const string Hairstyle =
        """{"face_image": "PICTURE", "haircut": "BobCut", "hair_color": "copper", "num_samples": 1}""";

    public static IEndpointRouteBuilder MapTryItOn(this IEndpointRouteBuilder routes)
    {
        var surface = routes.MapGroup("").WithMetadata(FlatError.TryItOn);
        // TryItOn's newer clients, or its own pages, use the second path of each pair.
        foreach (var path in (string[])["/tryon/clothes", "/tryon/fashion"])
        {
            surface.MapPost(path, BeginClothes).RequireKey(RouteClass.TryOn)
                .Describe("TryItOn", "Begins a try-on of clothes or accessories, to be polled")
                .AcceptsBody<ClothesInputs>(Clothes).ReturnsBody<TryItOnBegun>();
        }

        foreach (var path in (string[])["/tryon/hairstyle", "/tryon/hairstyles"])
        {
            surface.MapPost(path, BeginHairstyle).RequireKey(RouteClass.TryOn)
                .Describe("TryItOn", "Begins a try-on of a haircut, to be polled")
                .AcceptsBody<HairstyleInputs>(Hairstyle).ReturnsBody<TryItOnBegun>();
        }

        surface.MapGet("/status/{id}", Read).RequireKey(RouteClass.Status)
            .Describe("TryItOn", "A job in TryItOn's format").ReturnsBody<TryItOnStatus>();
        surface.MapPost("/tryon/{kind}", (string kind) => new ErrorResult(new Error(
            ErrorCode.NotFound, "There is no such kind of try-on; there are clothes and hairstyle.")))
                .ExcludeFromDescription();
        return routes;
    }

    private static async Task<IResult> BeginClothes(
        HttpContext context, DialectJobs jobs, IOptions<SurfaceOptions> surfaces, CancellationToken cancellation)
    {
        var read = await HashedJson<ClothesInputs>.Read(context.Request, cancellation);
        var request = read.Ok
            ? read.Value.Body.ToRequest(surfaces.Value, null, context.Request, read.Value.Hash)
            : read.Error;
        return (await jobs.Begin(context, request, cancellation))
            .ToHttp(job => TypedResults.Json(TryItOnBegun.FromJob(job)));
    }

    private static async Task<IResult> BeginHairstyle(
        HttpContext context, DialectJobs jobs, IOptions<SurfaceOptions> surfaces, CancellationToken cancellation)
    {
        var read = await HashedJson<HairstyleInputs>.Read(context.Request, cancellation);
        var request = read.Ok
            ? read.Value.Body.ToRequest(surfaces.Value, context.Request, read.Value.Hash)
            : read.Error;
        return (await jobs.Begin(context, request, cancellation))
            .ToHttp(job => TypedResults.Json(TryItOnBegun.FromJob(job)));
    }

    private static async Task<IResult> Read(string id, HttpContext context, DialectJobs jobs) =>
        (await jobs.Read(context, id)).ToHttp(job => TypedResults.Json(TryItOnStatus.FromJob(job)));
}
