using TryOn.Core.Errors;

namespace TryOn.Core.Jobs;

/// <summary>
/// Lists the providers that a failed job tried, one per route. Derived from its attempts, so that it is also available
/// for jobs that ended before this was recorded. An attempt's own code is not shown, because it may be the upstream's.
/// </summary>
public static class RouteFailures
{
    public static Error? ErrorOf(JobState state) =>
        state is { Status: JobStatus.Failed, Error: { } error, Spec: { } spec }
        ? error with { Failure = FailureOf(state, spec, error.Code) }
        : state.Error;

    private static ProviderFailure? FailureOf(JobState state, JobSpec spec, ErrorCode end)
    {
        if (state is { Attempt: null, FailedAttempts.IsEmpty: true })
            return null;
        // A job can time out between two routes: then the route it had left was the last one tried.
        var last = state.Attempt is { } attempt ? attempt.Fallback : state.FailedAttempts[^1].Fallback;
        ProviderFailure? before = null;
        foreach (var route in state.FailedAttempts.GroupBy(failed => failed.Fallback).Where(route => route.Key != last))
            before = new(spec.RouteAt(route.Key).Provider, RetryPolicy.ErrorFor(route.Last().Kind).Code, before);
        return new ProviderFailure(spec.RouteAt(last).Provider, end, before);
    }
}
