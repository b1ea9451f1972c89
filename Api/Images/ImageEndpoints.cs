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
        routes.MapPost("/images", Generate).RequireKey(RouteClass.TryOn);
        routes.MapPost("/images/generations", Generate).RequireKey(RouteClass.TryOn);
        routes.MapPost("/images/edits", Edit).RequireKey(RouteClass.TryOn);
        return routes;
    }

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
