using TryOn.Core.Errors;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>How often and how soon an attempt that failed is made again, and what the caller is told when it is not.</summary>
public static class RetryPolicy
{
    /// <summary>A blind second submit may be paid twice upstream: one is the most the gateway risks.</summary>
    public const int UnknownOutcomesMax = 1;

    public const int OutagesMax = 2;

    public const int NoPicturesMax = 1;

    public const int TaskFailuresMax = 1;

    /// <summary>An upstream that denies knowing an attempt this often has never seen it.</summary>
    public const int AbsencesMin = 2;

    /// <summary>Sends of one attempt, each after the upstream said that it never arrived.</summary>
    public const int SendsMax = 3;

    public static readonly TimeSpan AbsenceWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DelayMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(30);

    /// <summary>Null when the job should fail instead.</summary>
    public static TimeSpan? RetryAfter(JobState state, ProviderFault fault)
    {
        var before = state.FailedAttempts.Count(
            attempt => OfBudget(attempt, state) && SameBudget(attempt.Kind, fault.Kind));
        var max = fault.Kind switch
        {
            FaultKind.Throttled =>
                FallbackPolicy.Next(state, fault.Kind) is null ? int.MaxValue : FallbackPolicy.ThrottlesMax,
            FaultKind.Outage or FaultKind.TaskLost => OutagesMax,
            FaultKind.OutcomeUnknown => UnknownOutcomesMax,
            FaultKind.NoPicture => NoPicturesMax,
            FaultKind.TaskFailed => TaskFailuresMax,
            _ => 0,
        };
        return before >= max ? null : Hint(fault) ?? Backoff(state.Id, before);
    }

    /// <summary>The upstream's own wait. "At once" is none: it would become a loop as fast as the network.</summary>
    public static TimeSpan? Hint(ProviderFault fault) => fault.RetryAfter >= DelayMin ? fault.RetryAfter : null;

    /// <summary>
    /// Doubles from one second to thirty, less up to a quarter so that jobs refused together do not return together.
    /// The share is taken from the job's own id: the machine has no dice.
    /// </summary>
    public static TimeSpan Backoff(string jobId, int before)
    {
        var full = Math.Min(DelayMax.TotalSeconds, DelayMin.TotalSeconds * Math.Pow(2, Math.Min(before, 16)));
        var share = jobId.Aggregate((uint)before + 1, (hash, letter) => (hash * 31) + letter) % 256 / 1024.0;
        return TimeSpan.FromSeconds(full * (1 - share));
    }

    public static Error Tell(FaultKind kind) => kind switch
    {
        FaultKind.Caller => new Error(ErrorCode.ImageRejected, "The model could not work with these pictures."),
        FaultKind.Moderation => new Error(ErrorCode.ContentModerated, "The request was refused by a content policy."),
        FaultKind.NoPicture => new Error(ErrorCode.NoImageGenerated, "The model answered without a picture."),
        FaultKind.Operator => new Error(ErrorCode.ProviderUnavailable, "This model is not available at the moment."),
        _ => new Error(ErrorCode.ProviderFailed, "The model's provider failed. Nothing was charged."),
    };

    /// <summary>Each route has its own tries, but what may be paid twice is risked once a job.</summary>
    private static bool OfBudget(FailedAttempt attempt, JobState state) =>
        attempt.Fallback == state.Fallback || attempt.Kind == FaultKind.OutcomeUnknown;

    private static bool SameBudget(FaultKind one, FaultKind other) =>
        one == other || (Outage(one) && Outage(other));

    private static bool Outage(FaultKind kind) => kind is FaultKind.Outage or FaultKind.TaskLost;
}
