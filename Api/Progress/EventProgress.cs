using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>
/// Writes a job's progress as server-sent events. Only steps carry an id, so a client always resumes after a step.
/// </summary>
public sealed class EventProgress(EventWriter writer, ProgressRenderer messages, TimeProvider clock, TimeSpan heartbeat)
{
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>A client that reads nothing for this long is gone or will resume.</summary>
    public static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(10);

    private long _written = clock.GetTimestamp();

    public async Task Write(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellation)
    {
        await writer.Begin(cancellation);
        await writer.Retry(Retry, cancellation);
        await foreach (var update in updates.WithCancellation(cancellation))
            await Write(update, cancellation).WaitAsync(WriteMax, clock, cancellation);
    }

    private async Task Write(ProgressUpdate update, CancellationToken cancellation)
    {
        if (messages.Render(update) is { } message)
            await writer.Send(
                message, cancellation, message.Type, update.Kind == ProgressKind.Tick ? null : update.Seq);
        else if (clock.GetElapsedTime(_written) + ProgressReader.Tick > heartbeat)
            await writer.Comment("ping", cancellation);
        else
            return;
        _written = clock.GetTimestamp();
    }
}
