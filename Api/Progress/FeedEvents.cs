using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>
/// Writes an account's feed as server-sent events. An id is a number of the account's statement, up to which all has been
/// told: jobs have numbers of their own, and no node knows an order of all their steps.
/// </summary>
/// <param name="after">The id that the client saw last; null for one that has just come.</param>
public sealed class FeedEvents(EventWriter writer, long? after, TimeProvider clock, TimeSpan heartbeat)
{
    private long _written = clock.GetTimestamp();

    public async Task Write(IAsyncEnumerable<FeedUpdate> updates, CancellationToken cancellation)
    {
        await writer.Begin(cancellation);
        await writer.Retry(EventProgress.Retry, cancellation);
        await foreach (var update in updates.WithCancellation(cancellation))
            await Write(update, cancellation).WaitAsync(EventProgress.WriteMax, clock, cancellation);
    }

    private async Task Write(FeedUpdate update, CancellationToken cancellation)
    {
        if (Of(update) is { } message)
            await writer.Send(message, cancellation, message.Type, update.Seq);
        else if (update.Seq is { } seq)
            await writer.Number(seq, cancellation);
        else if (clock.GetElapsedTime(_written) + ProgressReader.Tick > heartbeat)
            await writer.Comment("ping", cancellation);
        else
            return;
        _written = clock.GetTimestamp();
    }

    private FeedMessage? Of(FeedUpdate update) => update switch
    {
        { Snapshot: { } jobs } => new FeedMessage("snapshot", after is { } seen && seen < update.From, [.. jobs.Select(FeedJob.Of)]),
        { Job: { } job } => new FeedMessage("job", Job: FeedJob.Of(job)),
        _ => null,
    };
}
