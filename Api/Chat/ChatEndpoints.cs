using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Images;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Api.Streams;
using TryOn.Core.Limits;

namespace TryOn.Api.Chat;

public static class ChatEndpoints
{
    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/chat/completions", Complete).RequireKey(RouteClass.TryOn)
            .Says("Chat", "A try-on in the words of a chat: waits for the picture, or streams")
            .Takes<ChatRequest>("""
                {"model": "kling/kolors-v1-5", "modalities": ["image"], "messages": [{"role": "user", "content": [
                  {"type": "text", "text": "put the garment on the person"},
                  {"type": "image_url", "image_url": {"url": "PICTURE"}, "tryon_role": "person"},
                  {"type": "image_url", "image_url": {"url": "PICTURE"}, "tryon_role": "garment"}]}]}
                """)
            .Streams<ChatCompletion>();
        return routes;
    }

    private static async Task<IResult> Complete(
        HttpContext context, Intake intake, ChatAnswering answering, CancellationToken cancellation)
    {
        var order = await ChatReader.Read(context.Request, cancellation);
        if (!order.Ok)
            return new ErrorResult(order.Error);
        var jobs = await intake.Accept(Caller.Of(context), order.Value.Request, cancellation);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        context.Response.Headers["X-Generation-Id"] = jobs.Value.First.Id;
        if (order.Value.Stream)
            await answering.Stream(context, jobs.Value, order.Value.Inline, cancellation);
        else
            await answering.Block(context, jobs.Value, order.Value.Inline, cancellation);
        return TypedResults.Empty;
    }
}

/// <summary>Answers a chat when its pictures are there, however slow the model: a client of this schema knows no job.</summary>
public sealed class ChatAnswering(
    JobWatch watch, ResultPictures pictures, JobRenderer renderer, IOptions<LimitOptions> limits, TimeProvider clock)
{
    public async Task Stream(HttpContext context, JobSet jobs, bool inline, CancellationToken cancellation)
    {
        var stream = new ChatFrames(context, jobs.First, renderer, JsonBody.OptionsOf(context.Request));
        await stream.Begin(cancellation);
        var ended = await watch.Ended(jobs.Jobs, news => stream.Beat(news, cancellation), cancellation);
        var results = await pictures.Of(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await stream.End(results.Value, new JobSet(ended).Whole, cancellation);
        else
            await stream.Fail(results.Error, cancellation);
    }

    public async Task Block(HttpContext context, JobSet jobs, bool inline, CancellationToken cancellation)
    {
        var wait = new JsonWait(context, JsonBody.OptionsOf(context.Request), clock, limits.Value.KeepAliveAfter);
        var ended = await watch.Ended(jobs.Jobs, _ => wait.Beat(cancellation), cancellation);
        var results = await pictures.Of(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await wait.End(ChatReply.Of(new JobSet(ended).Whole, results.Value), cancellation);
        else
            await wait.Fail(results.Error, cancellation);
    }
}
