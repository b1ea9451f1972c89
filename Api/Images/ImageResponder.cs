using Microsoft.Extensions.Options;
using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Api.Limits;
using TryOn.Api.Outputs;
using TryOn.Api.Streams;

namespace TryOn.Api.Images;

/// <summary>Answers an image request once its pictures are ready.</summary>
public sealed class ImageResponder(
    JobWaiter waiter, ResultPictures pictures, IOptions<LimitOptions> limits, TimeProvider clock)
{
    public async Task Respond(HttpContext context, JobSet jobs, bool inline, CancellationToken cancellation)
    {
        var response = new KeepAliveJson(
            context, JsonBody.OptionsOf(context.Request), clock, limits.Value.KeepAliveAfter);
        var ended = await waiter.WaitForAll(jobs.Jobs, _ => response.KeepAlive(cancellation), cancellation);
        var results = await pictures.Load(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await response.End(ImageReply.FromResults(ended[0], results.Value), cancellation);
        else
            await response.Fail(results.Error, cancellation);
    }

    /// <param name="eventName">Name of the event that reports a finished picture to this route's clients.</param>
    public async Task Stream(
        HttpContext context, JobSet jobs, bool inline, string eventName, CancellationToken cancellation)
    {
        var stream = new EventWriter(context.Response, JsonBody.OptionsOf(context.Request));
        await stream.Begin(cancellation);
        var ended = await waiter.WaitForAll(
            jobs.Jobs, _ => stream.Comment("TRYON PROCESSING", cancellation), cancellation);
        var results = await pictures.Load(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await Send(stream, ImageReply.FromResults(ended[0], results.Value), eventName, cancellation);
        else
            await Fail(stream, ErrorBody.FromError(results.Error, context).Error, cancellation);
    }

    private static async Task Send(
        EventWriter stream, ImageReply reply, string eventName, CancellationToken cancellation)
    {
        foreach (var datum in reply.Data)
        {
            var completed = new ImageCompleted(
                eventName, reply.Created, reply.Created, datum.B64Json, datum.Url, datum.MediaType, reply.Usage);
            await stream.Send(completed, cancellation, eventName);
        }

        await stream.Done(cancellation);
    }

    private static Task Fail(EventWriter stream, ErrorDetail error, CancellationToken cancellation) => stream.Send(
        new ImageStreamFailed(
            "error", new ImageStreamError(error.Metadata.Name, error.Message, error.Type, error.Param)),
        cancellation, "error");
}
