using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Images;

/// <summary>
/// OpenRouter's route and OpenAI's two: one person, garments and a prompt in whichever of their forms. None of the models
/// makes a picture out of words alone, so a request without pictures is refused as one that lacks its person.
/// </summary>
public static class ImageEndpoints
{
    public static IEndpointRouteBuilder MapImages(this IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/images", Generate), "A try-on for OpenRouter's image clients");
        Describe(routes.MapPost("/images/generations", Generate), "A try-on for OpenAI's image clients");
        Describe(routes.MapPost("/images/edits", Edit), "A try-on for OpenAI's image clients, as they edit pictures");
        return routes;
    }

    private static void Describe(RouteHandlerBuilder route, string summary) => route
        .RequireKey(RouteClass.TryOn).Says("Images", summary)
        .Takes<ImageRequest>(
            """
            {"model": "google/gemini-2.5-flash-image", "prompt": "put the garment on the person", "input_references": [
              {"type": "image_url", "image_url": {"url": "PICTURE"}}, {"type": "image_url", "image_url": {"url": "PICTURE"}}]}
            """,
            "multipart/form-data")
        .Streams<ImageReply>();

    private static Task<IResult> Generate(
        HttpContext context, Intake intake, ImageAnswering answering, CancellationToken cancellation) =>
        Make(context, intake, answering, "image_generation.completed", cancellation);

    private static Task<IResult> Edit(
        HttpContext context, Intake intake, ImageAnswering answering, CancellationToken cancellation) =>
        Make(context, intake, answering, "image_edit.completed", cancellation);

    private static async Task<IResult> Make(
        HttpContext context, Intake intake, ImageAnswering answering, string word, CancellationToken cancellation)
    {
        var order = await ImageOrderReader.Read(context.Request, cancellation);
        if (!order.Ok)
            return new ErrorResult(order.Error);
        var jobs = await intake.Accept(Caller.Of(context), order.Value.Request, cancellation);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        context.Response.Headers["X-Generation-Id"] = jobs.Value.First.Id;
        if (order.Value.Stream)
            await answering.Stream(context, jobs.Value, order.Value.Inline, word, cancellation);
        else
            await answering.Block(context, jobs.Value, order.Value.Inline, cancellation);
        return TypedResults.Empty;
    }
}
