namespace TryOn.Core.Jobs;

/// <summary>Stored with jobs: numbers and names never change meaning.</summary>
public enum JobStatus
{
    /// <summary>There is no such job.</summary>
    None = 0,

    /// <summary>Waits in the upstream's queue, for the first attempt or after a failed one.</summary>
    Accepted = 1,

    /// <summary>The intent of an attempt is committed; it is not yet known whether the upstream has it.</summary>
    Submitting = 2,

    /// <summary>The upstream has accepted the attempt.</summary>
    Waiting = 3,

    /// <summary>The upstream has a picture; it is being fetched and stored.</summary>
    Storing = 4,
    Succeeded = 5,
    Failed = 6,
    Canceled = 7,
}
