using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>How often a job's paid call was made, compared with how often its history allows.</summary>
/// <param name="Count">Calls made, without throttled ones, which cost nothing.</param>
/// <param name="Allowed">One, plus one for each fallback taken, plus one for each failure that the retry policy
/// retries.</param>
public sealed record Submits(int Count, int Allowed)
{
    public static Submits None { get; } = new(0, 1);

    /// <summary>Calls beyond the first, which an upstream may bill.</summary>
    public int Extra => Math.Max(0, Count - 1);

    public static Submits FromState(JobState state)
    {
        var failed = state.FailedAttempts.Where(attempt => attempt.Kind != FaultKind.Throttled).ToList();
        // An ended job keeps its last attempt, which may also be in the list of failed ones.
        var last = state.Attempt is { } attempt && state.FailedAttempts.All(other => other.Number != attempt.Number)
            ? attempt.Sends
            : 0;
        var sends = failed.Select(attempt => attempt.Sends).Append(last).ToList();
        return new Submits(
            sends.Sum(),
            1 + failed.GroupBy(Budget).Sum(kind => Math.Min(kind.Count(), kind.Key.Max)) + (state.Fallback + 1 ?? 0)
            + sends.Sum(count => Math.Clamp(count - 1, 0, RetryPolicy.SendsMax - 1)));
    }

    /// <summary>Each route has its own budget, except for unknown outcomes, which are limited per job.</summary>
    private static (FaultKind Kind, int? Fallback, int Max) Budget(FailedAttempt attempt) => attempt.Kind switch
    {
        FaultKind.Outage or FaultKind.TaskLost => (FaultKind.Outage, attempt.Fallback, RetryPolicy.OutageRetriesMax),
        FaultKind.OutcomeUnknown => (attempt.Kind, null, RetryPolicy.UnknownOutcomeRetriesMax),
        FaultKind.NoPicture => (attempt.Kind, attempt.Fallback, RetryPolicy.NoPictureRetriesMax),
        FaultKind.TaskFailed => (attempt.Kind, attempt.Fallback, RetryPolicy.TaskFailureRetriesMax),
        _ => (attempt.Kind, attempt.Fallback, 0),
    };
}
