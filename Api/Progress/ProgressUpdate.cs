using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

public enum ProgressKind
{
    None = 0,

    /// <summary>The current state, for a new watcher.</summary>
    Snapshot = 1,

    /// <summary>A change of status.</summary>
    Status = 2,

    /// <summary>No change; only the estimates may have moved.</summary>
    Tick = 3,

    /// <summary>The job has ended with a picture.</summary>
    Result = 4,

    /// <summary>The job has ended without a picture.</summary>
    Error = 5,

    /// <summary>The watcher's key is no longer valid.</summary>
    Revoked = 6,

    /// <summary>This process is shutting down; the watcher should reconnect.</summary>
    ShuttingDown = 7,
}

/// <param name="Seq">Permanent number of the step, after which a watcher can resume. Of a tick, the number of the step
/// before it.</param>
/// <param name="Status">Status at the step; the jobs may have advanced since.</param>
public sealed record ProgressUpdate(ProgressKind Kind, long Seq, JobStatus Status, JobSet Jobs)
{
    public JobView Job { get; } = Jobs.Combined;

    public bool Ends => Kind >= ProgressKind.Result;
}
