using TryOn.Core.Errors;

namespace TryOn.Core.Jobs;

/// <summary>
/// Who a failed job had asked, a provider for each route. Read out of its attempts, so that it can be told of jobs that ended
/// before anybody asked. An attempt's own code stays here: it may be the upstream's.
/// </summary>
public static class AskedRoutes
{
    public static Error? Tell(JobState state) => state is { Status: JobStatus.Failed, Error: { } error, Spec: { } spec }
        ? error with { Failure = Of(state, spec, error.Code) }
        : state.Error;

    private static ProviderFailure? Of(JobState state, JobSpec spec, ErrorCode end)
    {
        if (state is { Attempt: null, FailedAttempts.IsEmpty: true })
            return null;
        // A job can run out of time between two routes: then the one it had left is the last that was asked.
        var last = state.Attempt is { } attempt ? attempt.Fallback : state.FailedAttempts[^1].Fallback;
        ProviderFailure? before = null;
        foreach (var route in state.FailedAttempts.GroupBy(failed => failed.Fallback).Where(route => route.Key != last))
            before = new(spec.RouteAt(route.Key).Provider, RetryPolicy.Tell(route.Last().Kind).Code, before);
        return new ProviderFailure(spec.RouteAt(last).Provider, end, before);
    }
}
