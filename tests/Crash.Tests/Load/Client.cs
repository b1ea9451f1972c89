using System.Collections.Concurrent;
using System.Net;

namespace TryOn.Crash.Tests.Load;

/// <summary>
/// Places one order after the other. After a broken connection, a 429 or a 5xx it repeats the request with the same
/// idempotency key, as the documentation tells clients to.
/// </summary>
internal sealed class Client(TryOnClient api, Random random, CrashRun run, ConcurrentBag<string> complaints)
{
    /// <summary>Far above a job's 3 seconds and a few restarts: an order that takes longer was lost.</summary>
    private static readonly TimeSpan OrderMax = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(150);

    public async Task Fulfil(Order order)
    {
        var since = TimeProvider.System.GetTimestamp();
        var hangsUp = order.Behaviour == ClientBehaviour.HangsUp;
        while (order.JobId is null && !TooLong(order, since))
        {
            using var patience = new CancellationTokenSource(
                hangsUp ? TimeSpan.FromMilliseconds(random.Next(5, 800)) : OrderMax, TimeProvider.System);
            hangsUp = false;
            var twin = order.Behaviour == ClientBehaviour.SendsTwice
                ? TryPlace(order, patience.Token)
                : Task.FromResult(true);
            if (!await TryPlace(order, patience.Token) && order.Behaviour == ClientBehaviour.NeverRepeats)
                return;
            await twin;
        }

        order.AcceptedAfter = TimeProvider.System.GetElapsedTime(since);

        var polls = order.Behaviour != ClientBehaviour.NeverPolls;
        while (polls && order is { JobId: { } id, Ended: false } && !TooLong(order, since))
            await Poll(order, id);
    }

    /// <summary>False when the connection broke before an answer.</summary>
    private async Task<bool> TryPlace(Order order, CancellationToken patience)
    {
        try
        {
            var (code, text, job) = await api.Place(order, patience);
            if (job is not null && (order.JobId ?? job.Id) != job.Id)
                await Complain(order, $"was accepted as {order.JobId} and as {job.Id}");
            else if (job is not null)
                (order.JobId, order.Status) = (job.Id, job.Status);
            else if (code is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                await CrashRun.Pause(RetryDelay);
            else
                await Complain(order, $"was answered {(int)code}: {text}");
            return true;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            await CrashRun.Pause(RetryDelay);
            return false;
        }
    }

    private async Task Poll(Order order, string id)
    {
        try
        {
            await CrashRun.Pause(RetryDelay);
            if (await api.Read(id) is { } job)
                order.Status = job.Status;
            else
                await Complain(order, $"was accepted as {id}, which is gone");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // The gateway is down; the next poll tries again.
        }
    }

    private bool TooLong(Order order, long since)
    {
        if (TimeProvider.System.GetElapsedTime(since) < OrderMax)
            return false;
        throw new TimeoutException(
            $"order {order.Number} ({order.JobId ?? "no job"}): no end within {OrderMax}; {run.Position}");
    }

    private Task Complain(Order order, string complaint)
    {
        complaints.Add($"order {order.Number} ({order.Behaviour}, {order.Model}) {complaint}");
        return CrashRun.Pause(RetryDelay);
    }
}
