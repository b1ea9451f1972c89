using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;

namespace TryOn.Simulation.Tests.Rules;

/// <summary>A requested webhook is delivered at least once, and not before the end of the job.</summary>
internal sealed class DeliveryRules(World world)
{
    /// <summary>A due send waits for the next reminder at most.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(2);

    public void Committed(string id, DeliveryState? before, DeliveryState after)
    {
        world.Hold(world.Jobs.State(id) is { Ended: true }, "I9 webhook", $"{id} has a delivery and has not ended.");
        world.Hold(before is null || after.Sends >= before.Sends, "I9 webhook", $"{id} forgot a send.");
        world.Hold(
            after.Status != DeliveryStatus.Delivered || world.Receiver.Told(id), "I9 webhook",
            $"{id} is delivered to nobody.");
    }

    public void AtTheEnd(string id, JobState job)
    {
        if (job.Spec?.Webhook is null)
            return;
        world.Hold(!JobMachine.Unfinished(job), "I4 liveness", $"{id} still owes its settlement or its webhook.");
        var delivery = world.Deliveries.State(id);
        var soon = Time.Timeline.Epoch + world.Timeline.Now - LateMax;
        world.Hold(
            delivery is { Status: DeliveryStatus.Delivered } || delivery?.NextAt > soon, "I9 webhook",
            $"{id} ended, and its webhook is {delivery?.Status.ToString() ?? "forgotten"}.");
    }
}
