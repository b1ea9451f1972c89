using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

public enum Settlement
{
    None = 0,
    Captured = 1,
    Released = 2,
}

public sealed record JobState
{
    public string Id { get; init; } = "";

    /// <summary>Null for a job that never started: a tombstone that keeps a late start from running unreserved.</summary>
    public JobSpec? Spec { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>Counts durable events, so that no crash takes it back; a later view that differs has a higher one.</summary>
    public long Version { get; init; }

    /// <summary>The newest change of status, with those before it. Null in records from before there were steps.</summary>
    public JobStep? Steps { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public Attempt? Attempt { get; init; }

    public ImmutableList<FailedAttempt> FailedAttempts { get; init; } = [];

    /// <summary>The route in use: its place among the job's fallbacks, null for the first choice.</summary>
    public int? Fallback { get; init; }

    /// <summary>When to do the next thing this status calls for; null while it is being done.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Where the upstream keeps the result, until it is stored here.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    public ImmutableArray<Output> Outputs { get; init; } = [];

    /// <summary>What the upstream said its attempts have cost, failed ones too, for the operator.</summary>
    public ImmutableArray<ProviderCost> Costs { get; init; } = [];

    public Error? Error { get; init; }

    public Settlement Settlement { get; init; }

    public bool Ended => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}
