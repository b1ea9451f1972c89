using Microsoft.Extensions.Options;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Api.Outputs;
using TryOn.Api.Streams;
using TryOn.Core.Limits;

namespace TryOn.Api.Chat;

public static class ChatEndpoints
{
    public static IEndpointRouteBuilder MapChat(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/chat/completions", Complete).RequireKey(RouteClass.TryOn)
            .Describe("Chat", "A try-on as a chat completion: waits for the picture, or streams")
            .AcceptsBody<ChatRequest>("""
                {"model": "kling/kolors-v1-5", "modalities": ["image"], "messages": [{"role": "user", "content": [
                  {"type": "text", "text": "put the garment on the person"},
                  {"type": "image_url", "image_url": {"url": "PICTURE"}, "tryon_role": "person"},
                  {"type": "image_url", "image_url": {"url": "PICTURE"}, "tryon_role": "garment"}]}]}
                """)
            .ReturnsBodyOrStream<ChatCompletion>();
        return routes;
    }

    private static async Task<IResult> Complete(
        HttpContext context, Intake intake, ChatResponder responder, CancellationToken cancellation)
    {
        var order = await ChatReader.Read(context.Request, cancellation);
        if (!order.Ok)
            return new ErrorResult(order.Error);
        var jobs = await intake.Accept(Caller.FromContext(context), order.Value.Request, cancellation);
        if (!jobs.Ok)
            return new ErrorResult(jobs.Error);
        context.Response.Headers["X-Generation-Id"] = jobs.Value.First.Id;
        if (order.Value.Stream)
            await responder.Stream(context, jobs.Value, order.Value.Inline, cancellation);
        else
            await responder.Respond(context, jobs.Value, order.Value.Inline, cancellation);
        return TypedResults.Empty;
    }
}

/// <summary>
/// Answers a chat once its pictures are ready, however slow the model: clients of this schema cannot poll a job.
/// </summary>
public sealed class ChatResponder(
    JobWaiter waiter, ResultPictures pictures, JobRenderer renderer, IOptions<LimitOptions> limits, TimeProvider clock)
{
    public async Task Stream(HttpContext context, JobSet jobs, bool inline, CancellationToken cancellation)
    {
        var stream = new ChatFrames(context, jobs.First, renderer, JsonBody.OptionsOf(context.Request));
        await stream.Begin(cancellation);
        var ended = await waiter.WaitForAll(jobs.Jobs, news => stream.ReportProgress(news, cancellation), cancellation);
        var results = await pictures.Load(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await stream.End(results.Value, new JobSet(ended).Combined, cancellation);
        else
            await stream.Fail(results.Error, cancellation);
    }

    public async Task Respond(HttpContext context, JobSet jobs, bool inline, CancellationToken cancellation)
    {
        var response = new KeepAliveJson(
            context, JsonBody.OptionsOf(context.Request), clock, limits.Value.KeepAliveAfter);
        var ended = await waiter.WaitForAll(jobs.Jobs, _ => response.KeepAlive(cancellation), cancellation);
        var results = await pictures.Load(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await response.End(ChatReply.FromResults(new JobSet(ended).Combined, results.Value), cancellation);
        else
            await response.Fail(results.Error, cancellation);
    }
}
