namespace TryOn.Core.Jobs;

/// <summary>Stored with jobs: numbers and names never change meaning.</summary>
public enum JobStatus
{
    /// <summary>There is no such job.</summary>
    None = 0,

    /// <summary>Waits for its turn at the upstream: first, or after a failed attempt.</summary>
    Accepted = 1,

    /// <summary>An attempt's intent is committed; whether the upstream has it is not known yet.</summary>
    Submitting = 2,

    /// <summary>The upstream has accepted the attempt.</summary>
    Waiting = 3,

    /// <summary>The upstream has a picture; it is being fetched and stored.</summary>
    Storing = 4,
    Succeeded = 5,
    Failed = 6,
    Canceled = 7,
}
