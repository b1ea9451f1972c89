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

    /// <summary>When the owner asked for an end that could not be had at once.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>True once the delivery of the job's webhook is written down; null where nothing was said of it.</summary>
    public bool? Noticed { get; init; }

    /// <summary>
    /// When to try again to write it down. Kept apart from <see cref="NextAt"/>: a settlement under way must not be asked for
    /// a second time, or the later of the two may capture what a late repeat of the request has reserved.
    /// </summary>
    public DateTimeOffset? NoticeAt { get; init; }

    public bool OwesNotice => Ended && Noticed is not true && Spec?.Webhook is not null;

    /// <summary>When the caller loses patience, unless it has been heeded already.</summary>
    public DateTimeOffset? CancelAt => CancelRequestedAt is null ? Spec?.CancelAt : null;

    public bool Ended => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}
