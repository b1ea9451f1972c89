using TryOn.Core.Errors;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>
/// Decides how often and how soon a failed attempt is retried, and which error the caller gets when it is not.
/// </summary>
public static class RetryPolicy
{
    /// <summary>
    /// A second submit without knowing the outcome of the first may be billed twice, so at most one is risked per job.
    /// </summary>
    public const int UnknownOutcomeRetriesMax = 1;

    public const int OutageRetriesMax = 2;

    public const int NoPictureRetriesMax = 1;

    public const int TaskFailureRetriesMax = 1;

    /// <summary>An upstream that denies knowing an attempt this many times has never received it.</summary>
    public const int AbsencesMin = 2;

    /// <summary>The most sends of one attempt, each after the upstream said that it never arrived.</summary>
    public const int SendsMax = 3;

    public static readonly TimeSpan AbsenceWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DelayMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(30);

    /// <summary>The delay before the next attempt; null if there should be none.</summary>
    public static TimeSpan? RetryAfter(JobState state, ProviderFault fault)
    {
        var before = state.FailedAttempts.Count(
            attempt => CountsOnRoute(attempt, state) && IsSameFault(attempt.Kind, fault.Kind));
        var max = fault.Kind switch
        {
            FaultKind.Throttled =>
                FallbackPolicy.Next(state, fault.Kind) is null ? int.MaxValue : FallbackPolicy.ThrottlesMax,
            FaultKind.Outage or FaultKind.TaskLost => OutageRetriesMax,
            FaultKind.OutcomeUnknown => UnknownOutcomeRetriesMax,
            FaultKind.NoPicture => NoPictureRetriesMax,
            FaultKind.TaskFailed => TaskFailureRetriesMax,
            _ => 0,
        };
        return before >= max ? null : Hint(fault) ?? Backoff(state.Id, before);
    }

    /// <summary>
    /// The upstream's own retry hint. A hint below one second is ignored, because it would cause a loop as fast as the
    /// network.
    /// </summary>
    public static TimeSpan? Hint(ProviderFault fault) => fault.RetryAfter >= DelayMin ? fault.RetryAfter : null;

    /// <summary>
    /// Exponential backoff from 1 to 30 seconds, minus up to a quarter so that jobs refused together do not return
    /// together. The reduction is derived from the job's id, because the machine has no random numbers.
    /// </summary>
    public static TimeSpan Backoff(string jobId, int before)
    {
        var full = Math.Min(DelayMax.TotalSeconds, DelayMin.TotalSeconds * Math.Pow(2, Math.Min(before, 16)));
        var share = jobId.Aggregate((uint)before + 1, (hash, letter) => (hash * 31) + letter) % 256 / 1024.0;
        return TimeSpan.FromSeconds(full * (1 - share));
    }

    public static Error ErrorFor(FaultKind kind) => kind switch
    {
        FaultKind.Caller => new Error(ErrorCode.ImageRejected, "The model could not work with these pictures."),
        FaultKind.Moderation => new Error(ErrorCode.ContentModerated, "The request was refused by a content policy."),
        FaultKind.NoPicture => new Error(ErrorCode.NoImageGenerated, "The model answered without a picture."),
        FaultKind.Operator => new Error(ErrorCode.ProviderUnavailable, "This model is not available at the moment."),
        _ => new Error(ErrorCode.ProviderFailed, "The model's provider failed. Nothing was charged."),
    };

    /// <summary>
    /// Each route has its own retry budget, except for unknown outcomes, which may be billed twice and are limited per
    /// job.
    /// </summary>
    private static bool CountsOnRoute(FailedAttempt attempt, JobState state) =>
        attempt.Fallback == state.Fallback || attempt.Kind == FaultKind.OutcomeUnknown;

    private static bool IsSameFault(FaultKind one, FaultKind other) =>
        one == other || (IsOutage(one) && IsOutage(other));

    private static bool IsOutage(FaultKind kind) => kind is FaultKind.Outage or FaultKind.TaskLost;
}
