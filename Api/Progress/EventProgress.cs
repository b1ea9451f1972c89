using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>Writes a job's progress as server-sent events. Only steps have an id, so a client resumes after a step.</summary>
public sealed class EventProgress(EventWriter writer, ProgressWords words, TimeProvider clock, TimeSpan heartbeat)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>A client that takes nothing for so long has gone, or will resume.</summary>
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(10);

    private long _written = clock.GetTimestamp();

    public async Task Write(IAsyncEnumerable<ProgressUpdate> updates, CancellationToken cancellation)
    {
        await writer.Begin(cancellation);
        await writer.Retry(Retry, cancellation);
        await foreach (var update in updates.WithCancellation(cancellation))
        {
            using var limit = new CancellationTokenSource(WriteMax, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            await Write(update, either.Token);
        }
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
