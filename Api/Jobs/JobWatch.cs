using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>Waits for a job to end without holding a call to it open. A gateway that stops waits for none.</summary>
public sealed class JobWatch(
    IDirectory directory, IJobFeed feed, TimeProvider clock, IOptions<LimitOptions> limits, IHostApplicationLifetime lifetime)
{
    /// <summary>The feed is best effort; a job whose news was lost is looked at this often.</summary>
    private static readonly TimeSpan DoubtAfter = TimeSpan.FromSeconds(5);

    /// <summary>A job ends itself at its deadline; this much later it is taken for unreachable.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    /// <summary>The job as it stood when it ended, or when the time was up.</summary>
    public Task<JobView> Wait(JobView job, TimeSpan max, CancellationToken cancellation) =>
        Watch(job, max, DoubtAfter, _ => Task.CompletedTask, cancellation);

    /// <summary>The jobs as they stood when all had ended.</summary>
    /// <param name="beat">Called with a running job's state, at every change and every <c>TryOn:Limits:Heartbeat</c>.</param>
    public async Task<ImmutableArray<JobView>> Ended(
        ImmutableArray<JobView> jobs, Func<JobView, Task> beat, CancellationToken cancellation)
    {
        var ended = ImmutableArray.CreateBuilder<JobView>();
        foreach (var job in jobs)
            ended.Add(await Watch(job, limits.Value.JobDeadline + Late, limits.Value.Heartbeat, beat, cancellation));
        return ended.ToImmutable();
    }

    /// <summary>Why a job that should have ended has not.</summary>
    public Error Unended() => lifetime.ApplicationStopping.IsCancellationRequested
        ? new Error(
            ErrorCode.Unavailable, "The server is going away. The job goes on: send the same request again to get it.",
            RetryAfter: TimeSpan.FromSeconds(2))
        : new Error(ErrorCode.Timeout, "No picture came in time.");

    private async Task<JobView> Watch(
        JobView job, TimeSpan max, TimeSpan pause, Func<JobView, Task> beat, CancellationToken cancellation)
    {
        if (job.Ended || max <= TimeSpan.Zero)
            return job;
        using var subscription = feed.Subscribe(job.Id);
        var start = clock.GetTimestamp();
        var newest = await Read(job);
        while (!newest.Ended && clock.GetElapsedTime(start) < max && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await beat(newest);
            var left = max - clock.GetElapsedTime(start);
            newest = await Next(subscription, newest, left < pause ? left : pause, cancellation);
        }

        return newest;
    }

    private async Task<JobView> Next(
        IJobSubscription subscription, JobView newest, TimeSpan pause, CancellationToken cancellation)
    {
        using var doubt = new CancellationTokenSource(pause < DoubtAfter ? pause : DoubtAfter, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            doubt.Token, cancellation, lifetime.ApplicationStopping);
        try
        {
            return await subscription.Next(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return await Read(newest);
        }
    }

    private async Task<JobView> Read(JobView last) => (await directory.Job(last.Id).Read()).Value ?? last;
}
