using TryOn.Core.Jobs;
using TryOn.Core.Models;
using TryOn.Engine.Gates;

namespace TryOn.Api.Jobs;

/// <summary>
/// Where a job that waits stands in the line before its provider, as far as that is known here: a front end without jobs of
/// its own knows no line, and a line that several silos share is kept elsewhere.
/// </summary>
/// <param name="upstreams">Null in a process that runs no jobs.</param>
public sealed class QueuePositions(Upstreams? upstreams = null)
{
    /// <summary>1 is next. Null for a job that is not in line, or in one that is kept elsewhere.</summary>
    public int? Of(JobView job)
    {
        if (job.Status != JobStatus.Accepted || upstreams is null || Catalog.Find(job.Model) is not { } model)
            return null;
        // A job that has fallen back waits at another provider than the model's first.
        return model.OtherProviders.Prepend(model.Provider)
            .Select(provider => upstreams.Find(provider, job.Mode)?.Gate.PositionOf(job.Id))
            .FirstOrDefault(position => position is not null);
    }
}
