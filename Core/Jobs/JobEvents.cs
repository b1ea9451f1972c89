using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

public abstract record JobEvent
{
    private JobEvent()
    {
    }

    public sealed record Accepted(string Id, JobSpec Spec, DateTimeOffset At) : JobEvent;

    /// <summary>The intent to call the upstream. Committed before the call is sent.</summary>
    public sealed record AttemptStarted(int Number, string AttemptId, DateTimeOffset At, string? Node = null)
        : JobEvent;

    public sealed record AttemptUnclear(DateTimeOffset AskAt) : JobEvent;

    public sealed record AttemptAbsent(DateTimeOffset AskAt) : JobEvent;

    /// <summary>
    /// The call never arrived at the upstream: the attempt waits at the gate and is sent again unchanged.
    /// </summary>
    public sealed record AttemptParked(DateTimeOffset RetryAt) : JobEvent;

    public sealed record AttemptResent(string? Node = null) : JobEvent;

    public sealed record AttemptAccepted(string UpstreamId, DateTimeOffset PollAt) : JobEvent;

    public sealed record AttemptFailed(FaultKind Kind, string Code, DateTimeOffset At, DateTimeOffset RetryAt)
        : JobEvent;

    /// <summary>The job moves on to the next route.</summary>
    public sealed record FellBack(int Fallback) : JobEvent;

    /// <summary>The upstream reported the cost of the attempt. Recorded with the event that ends the call.</summary>
    public sealed record AttemptCharged(ProviderCost Cost) : JobEvent;

    public sealed record PicturesReady(ImmutableArray<string> Addresses, DateTimeOffset? At = null) : JobEvent;

    public sealed record Succeeded(ImmutableArray<Output> Outputs, DateTimeOffset At) : JobEvent;

    public sealed record Failed(Error Error, FailedAttempt? Cause, DateTimeOffset At) : JobEvent;

    /// <summary>
    /// The owner canceled while an attempt may still run: that attempt continues, and no other follows.
    /// </summary>
    public sealed record CancelRequested(DateTimeOffset At) : JobEvent;

    public sealed record Canceled(DateTimeOffset At) : JobEvent;

    /// <summary>The delivery of the job's webhook is stored.</summary>
    public sealed record Noticed : JobEvent;

    /// <summary>Storing the delivery is postponed; null once it is being tried again.</summary>
    public sealed record NoticeDeferred(DateTimeOffset? Until) : JobEvent;

    /// <summary>The reservation's job was never started and can no longer be.</summary>
    public sealed record NeverStarted(string Id, DateTimeOffset At) : JobEvent;

    public sealed record Settled(Settlement Settlement) : JobEvent;

    /// <summary>The next step has begun.</summary>
    public sealed record Asked : JobEvent;

    /// <summary>The next step is postponed.</summary>
    public sealed record Deferred(DateTimeOffset Until) : JobEvent;
}
