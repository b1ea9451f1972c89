using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;

namespace TryOn.Engine.Jobs;

/// <summary>What an ended job still does: it settles its reservation, and notifies its webhook.</summary>
internal sealed partial class EndOfJob(IDirectory directory, ILogger logger)
{
    public async Task<Settlement> Settle(string jobId, JobSpec spec, JobEffect.Settle settle)
    {
        var (account, owed) = (directory.Account(spec.AccountId), settle.Settlement);
        var answer = owed == Settlement.Captured
            ? await account.Ask(new AccountCommand.Capture(jobId, settle.Credits, settle.Model, spec.ReservedAt))
            : await account.Ask(new AccountCommand.Release(jobId, "job ended without a picture", spec.ReservedAt));
        if (!answer.Ok)
            return Settlement.None;
        var settled = answer.Value.Outcome switch
        {
            ReservationOutcome.Captured => Settlement.Captured,
            ReservationOutcome.Released => Settlement.Released,
            // Resolved so long ago that the newest entries no longer speak of it: only this job could have asked.
            _ => owed,
        };
        if (settled != owed)
            LogMismatch(logger, jobId, owed, settled);
        return settled;
    }

    /// <summary>
    /// A request for several pictures has one end, and one message of it: the first job's delivery, begun by whichever
    /// of its jobs ends and finds the others ended. Of two that end at once at least one does, and beginning it twice
    /// is harmless.
    /// </summary>
    public async Task<bool> Notify(string jobId, JobSpec spec, JobWebhook webhook)
    {
        var about = jobId;
        if (spec.Group is [var first, ..] group)
        {
            var others = await Task.WhenAll(group.Where(id => id != jobId).Select(id => directory.Job(id).Read()));
            // One that has not begun yet may still begin or be closed for good, and in that case tells nobody: ask
            // again.
            if (others.Any(other => other.Value is null))
                return false;
            if (others.Any(other => other.Value is { Ended: false }))
                return true;
            about = first;
        }

        return (await directory.Delivery(about).Ask(new DeliveryCommand.Start(
            about, new DeliverySpec(spec.AccountId, webhook.Url, webhook.Origin, webhook.Form)))).Ok;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Job {JobId} owed {Owed} but its account says {Settled}")]
    private static partial void LogMismatch(ILogger logger, string jobId, Settlement owed, Settlement settled);
}
