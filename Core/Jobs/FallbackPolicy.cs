using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>Which failures of one route are taken to the next.</summary>
public static class FallbackPolicy
{
    /// <summary>Long enough to be written down as a wait of its own, short enough not to be felt.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a route that is busy is asked again before the next one is.</summary>
    public const int ThrottlesMax = 3;

    /// <summary>The place of the next route; null when there is none for this failure.</summary>
    public static int? Next(JobState state, FaultKind kind)
    {
        var next = (state.Fallback ?? -1) + 1;
        return state.Spec is { Fallbacks: { } routes } spec && next < routes.Count && Takes(spec, kind) ? next : null;
    }

    /// <summary>
    /// A lost answer stays where it was lost: it may have run there, and nobody pays twice. A caller's mistake is a mistake
    /// anywhere. An answer without a picture is often a refusal that is not called one.
    /// </summary>
    private static bool Takes(JobSpec spec, FaultKind kind) => kind switch
    {
        FaultKind.Operator or FaultKind.Outage or FaultKind.TaskLost or FaultKind.TaskFailed or FaultKind.Throttled => true,
        FaultKind.Moderation or FaultKind.NoPicture => spec.FallBackWhenRefused == true,
        _ => false,
    };
}
