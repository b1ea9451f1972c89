using TryOn.Core.Jobs;
using TryOn.Core.Models;
using TryOn.Engine.Gates;

namespace TryOn.Api.Jobs;

/// <summary>
/// The position of a waiting job in its provider's queue, as far as this process knows it: a front end runs no jobs and
/// has no queues, and a queue that several silos share is kept in a grain.
/// </summary>
/// <param name="upstreams">Null in a process that runs no jobs.</param>
public sealed class QueuePositions(Upstreams? upstreams = null)
{
    /// <summary>Returns the position, 1 for the next job; null for a job that is not queued in this process.</summary>
    public int? PositionOf(JobView job)
    {
        if (job.Status != JobStatus.Accepted || upstreams is null || Catalog.Find(job.Model) is not { } model)
            return null;
        // A job on a fallback route waits at another provider than the model's first.
        return model.OtherProviders.Prepend(model.Provider)
            .Select(provider => upstreams.Find(provider, job.Mode)?.Gate.PositionOf(job.Id))
            .FirstOrDefault(position => position is not null);
    }
}
