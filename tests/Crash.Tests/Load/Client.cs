using System.Collections.Concurrent;
using System.Net;

namespace TryOn.Crash.Tests.Load;

/// <summary>
/// Orders one thing after the other. After a broken connection, a 429 or a 5xx it sends the same request with the same
/// key again, as documentation tells clients to.
/// </summary>
internal sealed class Client(TryOnClient api, Random dice, CrashRun run, ConcurrentBag<string> complaints)
{
    /// <summary>Far above a job's 3 seconds and a few restarts: who waits longer than this was forgotten.</summary>
    private static readonly TimeSpan OrderMax = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(150);

    public async Task Fulfil(Order order)
    {
        var since = TimeProvider.System.GetTimestamp();
        var hangsUp = order.Temper == Temper.HangsUp;
        while (order.JobId is null && !TooLong(order, since))
        {
            using var patience = new CancellationTokenSource(
                hangsUp ? TimeSpan.FromMilliseconds(dice.Next(5, 800)) : OrderMax, TimeProvider.System);
            hangsUp = false;
            var twin = order.Temper == Temper.SendsTwice ? Try(order, patience.Token) : Task.FromResult(true);
            if (!await Try(order, patience.Token) && order.Temper == Temper.GivesUp)
                return;
            await twin;
        }

        order.AcceptedAfter = TimeProvider.System.GetElapsedTime(since);

        var looks = order.Temper != Temper.LooksAway;
        while (looks && order is { JobId: { } id, Ended: false } && !TooLong(order, since))
            await Look(order, id);
    }

    /// <summary>False when the connection broke before an answer.</summary>
    private async Task<bool> Try(Order order, CancellationToken patience)
    {
        try
        {
            var (code, text, job) = await api.Place(order, patience);
            if (job is not null && (order.JobId ?? job.Id) != job.Id)
                await Complain(order, $"was accepted as {order.JobId} and as {job.Id}");
            else if (job is not null)
                (order.JobId, order.Status) = (job.Id, job.Status);
            else if (code is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                await CrashRun.Pause(Breath);
            else
                await Complain(order, $"was answered {(int)code}: {text}");
            return true;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            await CrashRun.Pause(Breath);
            return false;
        }
    }

    private async Task Look(Order order, string id)
    {
        try
        {
            await CrashRun.Pause(Breath);
            if (await api.Read(id) is { } job)
                order.Status = job.Status;
            else
                await Complain(order, $"was accepted as {id}, which is gone");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // The gateway is down; it is looked for again.
        }
    }

    private bool TooLong(Order order, long since)
    {
        if (TimeProvider.System.GetElapsedTime(since) < OrderMax)
            return false;
        throw new TimeoutException(
            $"order {order.Number} ({order.JobId ?? "no job"}): no end within {OrderMax}; {run.Where}");
    }

    private Task Complain(Order order, string complaint)
    {
        complaints.Add($"order {order.Number} ({order.Temper}, {order.Model}) {complaint}");
        return CrashRun.Pause(Breath);
    }
}
