using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Progress;

public enum ProgressKind
{
    None = 0,

    /// <summary>The job as it stands, for who has just come.</summary>
    Snapshot = 1,

    /// <summary>A change of status.</summary>
    Status = 2,

    /// <summary>Nothing new but time.</summary>
    Tick = 3,

    /// <summary>The end, with a picture.</summary>
    Result = 4,

    /// <summary>The end, without one.</summary>
    Error = 5,

    /// <summary>The watcher's key is no longer valid.</summary>
    Revoked = 6,

    /// <summary>This process stops; another one goes on.</summary>
    Leaving = 7,
}

/// <param name="Seq">Names the step for good: who has seen it asks for what comes after. Of a tick, the step before it.</param>
/// <param name="Status">As of the step; the jobs themselves may be further by now.</param>
public sealed record ProgressUpdate(ProgressKind Kind, long Seq, JobStatus Status, JobSet Jobs)
{
    public JobView Job { get; } = Jobs.Whole;

    public bool Ends => Kind >= ProgressKind.Result;
}
