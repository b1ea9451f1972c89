using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TryOn.Api.Limits;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>
/// Waits for a job to end without holding a call to its grain open. Waiting stops when the gateway shuts down.
/// </summary>
public sealed class JobWaiter(
    IDirectory directory, IJobFeed feed, TimeProvider clock, IOptions<LimitOptions> limits,
    IHostApplicationLifetime lifetime)
{
    /// <summary>The feed may lose updates, so a job without news is read again at this interval.</summary>
    private static readonly TimeSpan RereadInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A job ends itself at its deadline. When it has not by this much later, it is taken for unreachable.
    /// </summary>
    private static readonly TimeSpan UnreachableAfter = TimeSpan.FromSeconds(30);

    /// <summary>Returns the job once it has ended or the time is up.</summary>
    public Task<JobView> Wait(JobView job, TimeSpan max, CancellationToken cancellation) =>
        WaitUntilEnded(job, max, RereadInterval, _ => Task.CompletedTask, cancellation);

    /// <summary>Returns the jobs once all have ended.</summary>
    /// <param name="onUpdate">Called with a running job's state, at every change and every
    /// <c>TryOn:Limits:Heartbeat</c>.</param>
    public async Task<ImmutableArray<JobView>> WaitForAll(
        ImmutableArray<JobView> jobs, Func<JobView, Task> onUpdate, CancellationToken cancellation)
    {
        var ended = ImmutableArray.CreateBuilder<JobView>();
        foreach (var job in jobs)
        {
            ended.Add(await WaitUntilEnded(
                job, limits.Value.JobDeadline + UnreachableAfter, limits.Value.Heartbeat, onUpdate, cancellation));
        }

        return ended.ToImmutable();
    }

    /// <summary>The error for a job that should have ended but has not.</summary>
    public Error NotEnded() => lifetime.ApplicationStopping.IsCancellationRequested
        ? new Error(
            ErrorCode.Unavailable, "The server is going away. The job goes on: send the same request again to get it.",
            RetryAfter: TimeSpan.FromSeconds(2))
        : new Error(ErrorCode.Timeout, "No picture came in time.");

    private async Task<JobView> WaitUntilEnded(
        JobView job, TimeSpan max, TimeSpan pause, Func<JobView, Task> onUpdate, CancellationToken cancellation)
    {
        if (job.Ended || max <= TimeSpan.Zero)
            return job;
        using var subscription = feed.Subscribe(job.Id);
        var start = clock.GetTimestamp();
        var newest = await Read(job);
        while (!newest.Ended && clock.GetElapsedTime(start) < max
            && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await onUpdate(newest);
            var left = max - clock.GetElapsedTime(start);
            newest = await Next(subscription, newest, left < pause ? left : pause, cancellation);
        }

        return newest;
    }

    private async Task<JobView> Next(
        IJobSubscription subscription, JobView newest, TimeSpan pause, CancellationToken cancellation)
    {
        using var reread = new CancellationTokenSource(pause < RereadInterval ? pause : RereadInterval, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            reread.Token, cancellation, lifetime.ApplicationStopping);
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
