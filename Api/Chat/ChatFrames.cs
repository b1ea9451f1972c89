using System.Text.Json;
using TryOn.Api.Errors;
using TryOn.Api.Jobs;
using TryOn.Api.Outputs;
using TryOn.Api.Streams;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Models;

namespace TryOn.Api.Chat;

/// <summary>
/// Writes a chat answer as a stream: one role, progress frames, all pictures in one delta, one finish reason, the
/// usage. OpenAI's client rejects a stream without a role or a finish reason, and keeps only the last delta that holds
/// pictures.
/// </summary>
public sealed class ChatFrames(HttpContext context, JobView job, JobRenderer renderer, JsonSerializerOptions json)
{
    private readonly EventWriter _stream = new(context.Response, json);
    private string _model = job.Model;
    private long _sentVersion;

    public async Task Begin(CancellationToken cancellation)
    {
        await _stream.Begin(cancellation);
        await _stream.Comment("TRYON PROCESSING", cancellation);
        await _stream.Send(Chunk(new ChatDelta("assistant", "")), cancellation);
    }

    /// <summary>
    /// Sends a frame with empty content when the job has changed, and otherwise a comment that keeps the connection
    /// alive.
    /// </summary>
    public async Task ReportProgress(JobView news, CancellationToken cancellation)
    {
        if (news.Version == _sentVersion)
        {
            await _stream.Comment("TRYON PROCESSING", cancellation);
            return;
        }

        _sentVersion = news.Version;
        var progress = new ChatProgress(JobRenderer.StatusName(news.Status), renderer.Progress(news));
        await _stream.Send(Chunk(new ChatDelta(Content: "")) with { Tryon = progress }, cancellation);
    }

    /// <param name="ended">The ended job. Its model is the one that answered, which may differ from the one
    /// requested.</param>
    public async Task End(ResultSet results, JobView ended, CancellationToken cancellation)
    {
        _model = ended.Model;
        await _stream.Send(Chunk(new ChatDelta(Images: ChatReply.Images(results))), cancellation);
        await _stream.Send(Chunk(new ChatDelta(), "stop"), cancellation);
        await _stream.Send(Chunk() with { Usage = ChatReply.Usage(results.Credits) }, cancellation);
        await _stream.Done(cancellation);
    }

    /// <summary>
    /// Sends the error in a frame, because the status line was sent long ago. The caller then closes the connection.
    /// </summary>
    public Task Fail(Error error, CancellationToken cancellation) => _stream.Send(
        Chunk(new ChatDelta(Content: ""), "error") with { Error = ErrorBody.FromError(error, context).Error },
        cancellation);

    private ChatChunk Chunk(ChatDelta delta, string? finish = null) =>
        Chunk() with { Choices = [new ChatDeltaChoice(0, delta, finish)] };

    private ChatChunk Chunk() => new(
        job.Id, "chat.completion.chunk", job.CreatedAt.ToUnixTimeSeconds(), _model,
        Catalog.Find(_model)?.ProviderName ?? "", Choices: []);
}
