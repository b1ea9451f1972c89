using System.Text.Json;
using TryOn.Api.Errors;
using TryOn.Api.Images;
using TryOn.Api.Jobs;
using TryOn.Api.Streams;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Models;

namespace TryOn.Api.Chat;

/// <summary>
/// A chat answered frame by frame: one role, signs of life, all pictures in one delta, one finish, the usage. OpenAI's
/// client refuses a stream whose role or finish is missing, and keeps only the last delta that holds pictures.
/// </summary>
public sealed class ChatFrames(HttpContext context, JobView job, JobRenderer renderer, JsonSerializerOptions json)
{
    private readonly EventWriter _stream = new(context.Response, json);
    private string _model = job.Model;
    private long _shown;

    public async Task Begin(CancellationToken cancellation)
    {
        await _stream.Begin(cancellation);
        await _stream.Comment("TRYON PROCESSING", cancellation);
        await _stream.Send(Chunk(new ChatDelta("assistant", "")), cancellation);
    }

    /// <summary>News as a frame without words, and a comment when there are none.</summary>
    public async Task Beat(JobView news, CancellationToken cancellation)
    {
        if (news.Version == _shown)
        {
            await _stream.Comment("TRYON PROCESSING", cancellation);
            return;
        }

        _shown = news.Version;
        var progress = new ChatProgress(JobRenderer.Word(news.Status), renderer.Progress(news));
        await _stream.Send(Chunk(new ChatDelta(Content: "")) with { Tryon = progress }, cancellation);
    }

    /// <param name="ended">Whose model has answered; it may be another than the one that was asked for.</param>
    public async Task End(ResultSet results, JobView ended, CancellationToken cancellation)
    {
        _model = ended.Model;
        await _stream.Send(Chunk(new ChatDelta(Images: ChatReply.Images(results))), cancellation);
        await _stream.Send(Chunk(new ChatDelta(), "stop"), cancellation);
        await _stream.Send(Chunk() with { Usage = ChatReply.Usage(results.Credits) }, cancellation);
        await _stream.Done(cancellation);
    }

    /// <summary>The status is long gone, so the error travels in a frame; what follows is the end of the connection.</summary>
    public Task Fail(Error error, CancellationToken cancellation) => _stream.Send(
        Chunk(new ChatDelta(Content: ""), "error") with { Error = ErrorBody.Of(error, context).Error }, cancellation);

    private ChatChunk Chunk(ChatDelta delta, string? finish = null) =>
        Chunk() with { Choices = [new ChatDeltaChoice(0, delta, finish)] };

    private ChatChunk Chunk() => new(
        job.Id, "chat.completion.chunk", job.CreatedAt.ToUnixTimeSeconds(), _model,
        Catalog.Find(_model)?.ProviderName ?? "", Choices: []);
}
