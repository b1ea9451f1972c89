using TryOn.Core.Providers;

namespace TryOn.Engine.Gates;

/// <summary>
/// The gate in front of one upstream account, as the jobs of this process see it: a gate of its own in a single
/// process, or one shared by all silos. Calling <see cref="Hold"/> or <see cref="Leave"/> twice is harmless.
/// </summary>
public interface IGate : IDisposable
{
    /// <summary>Waits for a permit. True once the job holds it; false if the job left the queue first.</summary>
    Task<bool> Enter(string jobId);

    /// <summary>Gives a permit to a job that the upstream already has, even above the limit.</summary>
    void Hold(string jobId);

    void Leave(string jobId);

    /// <summary>
    /// The job's position in the queue, 1 for the next; null if it is not queued or if the queue is on another silo.
    /// </summary>
    int? PositionOf(string jobId);

    /// <summary>Reports the result of a job's submit.</summary>
    void Report(string jobId, ProviderReply reply);
}
