using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>Writes a job's progress as server-sent events. Only steps have an id, so a client resumes after a step.</summary>
public sealed class EventProgress(EventWriter writer, ProgressWords words, TimeProvider clock, TimeSpan heartbeat)
{
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>A client that takes nothing for so long has gone, or will resume.</summary>
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
        if (words.Of(update) is { } message)
            await writer.Send(message, cancellation, message.Type, update.Kind == ProgressKind.Tick ? null : update.Seq);
        else if (clock.GetElapsedTime(_written) + ProgressReader.Tick > heartbeat)
            await writer.Comment("ping", cancellation);
        else
            return;
        _written = clock.GetTimestamp();
    }
}
