using Microsoft.Extensions.Options;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Streams;

namespace TryOn.Api.Images;

/// <summary>Answers an image request when its pictures are there.</summary>
public sealed class ImageAnswering(
    JobWatch watch, ResultPictures pictures, IOptions<LimitOptions> limits, TimeProvider clock)
{
    public async Task Block(HttpContext context, JobSet jobs, bool inline, CancellationToken cancellation)
    {
        var wait = new JsonWait(context, JsonBody.OptionsOf(context.Request), clock, limits.Value.KeepAliveAfter);
        var ended = await watch.Ended(jobs.Jobs, _ => wait.Beat(cancellation), cancellation);
        var results = await pictures.Of(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await wait.End(ImageReply.Of(ended[0], results.Value), cancellation);
        else
            await wait.Fail(results.Error, cancellation);
    }

    /// <param name="word">What this route's clients call a picture that is ready.</param>
    public async Task Stream(HttpContext context, JobSet jobs, bool inline, string word, CancellationToken cancellation)
    {
        var stream = new EventWriter(context.Response, JsonBody.OptionsOf(context.Request));
        await stream.Begin(cancellation);
        var ended = await watch.Ended(jobs.Jobs, _ => stream.Comment("TRYON PROCESSING", cancellation), cancellation);
        var results = await pictures.Of(context.Request, ended, inline, cancellation);
        if (results.Ok)
            await Send(stream, ImageReply.Of(ended[0], results.Value), word, cancellation);
        else
            await Fail(stream, ErrorBody.Of(results.Error, context).Error, cancellation);
    }

    private static async Task Send(EventWriter stream, ImageReply reply, string word, CancellationToken cancellation)
    {
        foreach (var datum in reply.Data)
        {
            var completed = new ImageCompleted(
                word, reply.Created, reply.Created, datum.B64Json, datum.Url, datum.MediaType, reply.Usage);
            await stream.Send(completed, cancellation, word);
        }

        await stream.Done(cancellation);
    }

    private static Task Fail(EventWriter stream, ErrorDetail error, CancellationToken cancellation) => stream.Send(
        new ImageStreamFailed("error", new ImageStreamError(error.Metadata.Name, error.Message, error.Type, error.Param)),
        cancellation, "error");
}
