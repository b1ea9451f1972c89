using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>How often a job's paid call went out, held against what its own history excuses.</summary>
/// <param name="Count">Those that were refused for coming too early are left out: they cost nothing.</param>
/// <param name="Allowed">One, and one more for each failure that the retry policy lets pass.</param>
public sealed record Submits(int Count, int Allowed)
{
    public static Submits None { get; } = new(0, 1);

    /// <summary>Calls beyond the first. An upstream may bill them.</summary>
    public int Extra => Math.Max(0, Count - 1);

    public static Submits Of(JobState state)
    {
        var failed = state.FailedAttempts.Where(attempt => attempt.Kind != FaultKind.Throttled).ToList();
        // An ended job keeps its last attempt, which may stand among the failed ones already.
        var last = state.Attempt is { } attempt && state.FailedAttempts.All(other => other.Number != attempt.Number)
            ? attempt.Sends
            : 0;
        var sends = failed.Select(attempt => attempt.Sends).Append(last).ToList();
        return new Submits(
            sends.Sum(),
            1 + failed.GroupBy(attempt => Budget(attempt.Kind)).Sum(kind => Math.Min(kind.Count(), kind.Key.Max))
            + sends.Sum(count => Math.Clamp(count - 1, 0, RetryPolicy.SendsMax - 1)));
    }

    private static (FaultKind Kind, int Max) Budget(FaultKind kind) => kind switch
    {
        FaultKind.Outage or FaultKind.TaskLost => (FaultKind.Outage, RetryPolicy.OutagesMax),
        FaultKind.OutcomeUnknown => (kind, RetryPolicy.UnknownOutcomesMax),
        FaultKind.NoPicture => (kind, RetryPolicy.NoPicturesMax),
        _ => (kind, 0),
    };
}
