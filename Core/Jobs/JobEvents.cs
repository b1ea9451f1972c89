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

    /// <summary>The intent to call the upstream. Committed before the call.</summary>
    public sealed record AttemptStarted(int Number, string AttemptId, DateTimeOffset At, string? Node = null) : JobEvent;

    public sealed record AttemptUnclear(DateTimeOffset AskAt) : JobEvent;

    public sealed record AttemptAbsent(DateTimeOffset AskAt) : JobEvent;

    /// <summary>It never arrived: the attempt waits for the gate, to be sent again as it is.</summary>
    public sealed record AttemptParked(DateTimeOffset RetryAt) : JobEvent;

    public sealed record AttemptResent(string? Node = null) : JobEvent;

    public sealed record AttemptAccepted(string UpstreamId, DateTimeOffset PollAt) : JobEvent;

    public sealed record AttemptFailed(FaultKind Kind, string Code, DateTimeOffset At, DateTimeOffset RetryAt) : JobEvent;

    /// <summary>The route is given up for the next one.</summary>
    public sealed record FellBack(int Fallback) : JobEvent;

    /// <summary>The upstream told what the attempt has cost. Comes with the event that ends the call.</summary>
    public sealed record AttemptCharged(ProviderCost Cost) : JobEvent;

    public sealed record PicturesReady(ImmutableArray<string> Addresses) : JobEvent;

    public sealed record Succeeded(ImmutableArray<Output> Outputs, DateTimeOffset At) : JobEvent;

    public sealed record Failed(Error Error, FailedAttempt? Cause, DateTimeOffset At) : JobEvent;

    /// <summary>Wanted no more, though an attempt may still run: it goes on, and is the last.</summary>
    public sealed record CancelRequested(DateTimeOffset At) : JobEvent;

    public sealed record Canceled(DateTimeOffset At) : JobEvent;

    /// <summary>The delivery of the job's webhook is written down.</summary>
    public sealed record Noticed : JobEvent;

    /// <summary>Writing the delivery down is put off; null once it is under way again.</summary>
    public sealed record NoticeDeferred(DateTimeOffset? Until) : JobEvent;

    /// <summary>The reservation's job never came to be, and never will.</summary>
    public sealed record NeverStarted(string Id, DateTimeOffset At) : JobEvent;

    public sealed record Settled(Settlement Settlement) : JobEvent;

    /// <summary>The next thing is under way.</summary>
    public sealed record Asked : JobEvent;

    /// <summary>The next thing is put off.</summary>
    public sealed record Deferred(DateTimeOffset Until) : JobEvent;
}
