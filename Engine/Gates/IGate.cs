using TryOn.Core.Providers;

namespace TryOn.Engine.Gates;

/// <summary>
/// The gate before one upstream account, as the jobs of one process see it: of its own where it is alone, one with all
/// others where there are several. Holding and leaving twice are harmless.
/// </summary>
public interface IGate : IDisposable
{
    /// <summary>True once the job holds a place; false when it left the line first.</summary>
    Task<bool> Enter(string jobId);

    /// <summary>Counts a job that the upstream already has, over the limit if need be.</summary>
    void Hold(string jobId);

    void Leave(string jobId);

    /// <summary>1 is next; null for a job that is not in line, or where the line is kept elsewhere.</summary>
    int? PositionOf(string jobId);

    /// <summary>How a job's submit went.</summary>
    void Report(string jobId, ProviderReply reply);
}
