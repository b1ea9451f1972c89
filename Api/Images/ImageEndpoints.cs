using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Images;

/// <summary>
/// OpenRouter's image route and OpenAI's two, which take one person, garments and a prompt in any of their formats. No
/// model creates a picture from text alone, so a request without pictures is rejected for its missing person.
/// </summary>
public static class ImageEndpoints
{
    public static IEndpointRouteBuilder MapImages(this IEndpointRouteBuilder routes)
    {
        Configure(routes.MapPost("/images", Generate), "A try-on for OpenRouter's image clients");
        Configure(routes.MapPost("/images/generations", Generate), "A try-on for OpenAI's image clients");
        Configure(routes.MapPost("/images/edits", Edit), "A try-on for OpenAI's image clients, as an image edit");
        return routes;
    }

    private static void Configure(RouteHandlerBuilder route, string summary) => route
        .RequireKey(RouteClass.TryOn).Describe("Images", summary)
        .AcceptsBody<ImageRequest>(
            """
            {"model": "google/gemini-2.5-flash-image", "prompt": "put the garment on the person", "input_references": [
              {"type": "image_url", "image_url": {"url": "PICTURE"}},
              {"type": "image_url", "image_url": {"url": "PICTURE"}}]}
            """,
            "multipart/form-data")
        .ReturnsBodyOrStream<ImageReply>();

    private static Task<IResult> Generate(
        HttpContext context, Intake intake, ImageResponder responder, CancellationToken cancellation) =>
        Make(context, intake, responder, "image_generation.completed", cancellation);

    private static Task<IResult> Edit(
        HttpContext context, Intake intake, ImageResponder responder, CancellationToken cancellation) =>
        Make(context, intake, responder, "image_edit.completed", cancellation);

    private static async Task<IResult> Make(
        HttpContext context, Intake intake, ImageResponder responder, string eventName, CancellationToken cancellation)
    {
        var order = await ImageOrderReader.Read(context.Request, cancellation);
        if (!order.Ok)
            return new ErrorResult(order.Error);
        var jobs = await intake.Accept(Caller.FromContext(context), order.Value.Request, cancellation);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        context.Response.Headers["X-Generation-Id"] = jobs.Value.First.Id;
        if (order.Value.Stream)
            await responder.Stream(context, jobs.Value, order.Value.Inline, eventName, cancellation);
        else
            await responder.Respond(context, jobs.Value, order.Value.Inline, cancellation);
        return TypedResults.Empty;
    }
}
