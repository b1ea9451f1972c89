using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>Decides which failures of a route make a job fall back to the next route.</summary>
public static class FallbackPolicy
{
    /// <summary>
    /// The delay before the next route is tried: long enough to be committed as a wait, too short to be noticed.
    /// </summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a throttled route is retried before the next one is tried.</summary>
    public const int ThrottlesMax = 3;

    /// <summary>The index of the next fallback; null if there is none for this failure.</summary>
    public static int? Next(JobState state, FaultKind kind)
    {
        var next = (state.Fallback ?? -1) + 1;
        return state.Spec is { Fallbacks: { } routes } spec && next < routes.Count && AllowsFallback(spec, kind)
            ? next
            : null;
    }

    /// <summary>
    /// A call whose answer was lost may have run, so it does not fall back: the picture might be paid for twice. A
    /// caller's mistake fails on every route. An answer without a picture is often an unstated content refusal.
    /// </summary>
    private static bool AllowsFallback(JobSpec spec, FaultKind kind) => kind switch
    {
        FaultKind.Operator or FaultKind.Outage or FaultKind.TaskLost or FaultKind.TaskFailed or FaultKind.Throttled =>
            true,
        FaultKind.Moderation or FaultKind.NoPicture => spec.FallBackWhenRefused == true,
        _ => false,
    };
}
