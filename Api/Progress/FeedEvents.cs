using TryOn.Api.Streams;

namespace TryOn.Api.Progress;

/// <summary>
/// Writes an account's feed as server-sent events. An event's id is a sequence number of the account's statement up to
/// which everything has been reported: jobs number their steps independently, and no node knows an order across jobs.
/// </summary>
/// <param name="after">The last id that the client saw; null for a new client.</param>
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
        if (Render(update) is { } message)
            await writer.Send(message, cancellation, message.Type, update.Seq);
        else if (update.Seq is { } seq)
            await writer.SendId(seq, cancellation);
        else if (clock.GetElapsedTime(_written) + ProgressReader.Tick > heartbeat)
            await writer.Comment("ping", cancellation);
        else
            return;
        _written = clock.GetTimestamp();
    }

    private FeedMessage? Render(FeedUpdate update) => update switch
    {
        { Snapshot: { } jobs } =>
            new FeedMessage("snapshot", after is { } seen && seen < update.From, [.. jobs.Select(FeedJob.FromJob)]),
        { Job: { } job } => new FeedMessage("job", Job: FeedJob.FromJob(job)),
        _ => null,
    };
}
