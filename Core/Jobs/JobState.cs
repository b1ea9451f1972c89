using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

public sealed record JobState
{
    public string Id { get; init; } = "";

    /// <summary>
    /// Null for a job that was never started. Such a tombstone keeps a late start from running without a reservation.
    /// </summary>
    public JobSpec? Spec { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>
    /// Counts durable events only, so that no crash decreases it; a later view that differs has a higher version.
    /// </summary>
    public long Version { get; init; }

    /// <summary>
    /// The newest status change, linked to those before it. Null in records from before steps were recorded.
    /// </summary>
    public JobStep? Steps { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public Attempt? Attempt { get; init; }

    public ImmutableList<FailedAttempt> FailedAttempts { get; init; } = [];

    /// <summary>The current route: its index among the job's fallbacks, null for the first choice.</summary>
    public int? Fallback { get; init; }

    /// <summary>When the next step of this status is due; null while it is running.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Addresses of the result at the upstream, until it is stored here.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>When the upstream first named them; null for a job from before that was recorded.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    public ImmutableArray<Output> Outputs { get; init; } = [];

    /// <summary>Costs that upstreams reported, including those of failed attempts. For the operator.</summary>
    public ImmutableArray<ProviderCost> Costs { get; init; } = [];

    public Error? Error { get; init; }

    public Settlement Settlement { get; init; }

    /// <summary>When the owner canceled, if the job could not end at once.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>True once the delivery of the job's webhook is stored; null if not yet decided.</summary>
    public bool? Noticed { get; init; }

    /// <summary>
    /// When to try again to store the webhook's delivery. Separate from <see cref="NextAt"/>, because a settlement that
    /// is running must not be started a second time: the second could capture what a late repeat of the request has
    /// reserved.
    /// </summary>
    public DateTimeOffset? NoticeAt { get; init; }

    public bool OwesNotice => Ended && Noticed is not true && Spec?.Webhook is not null;

    /// <summary>When the job is canceled if it is still running; null if a cancel was already requested.</summary>
    public DateTimeOffset? CancelAt => CancelRequestedAt is null ? Spec?.CancelAt : null;

    public bool Ended => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}
