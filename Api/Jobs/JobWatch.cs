using TryOn.Core;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>Waits for a job to end without holding a call to it open.</summary>
public sealed class JobWatch(IDirectory directory, IJobFeed feed, TimeProvider clock)
{
    /// <summary>The feed is best effort; a job whose news was lost is looked at this often.</summary>
    private static readonly TimeSpan DoubtAfter = TimeSpan.FromSeconds(5);

    /// <summary>The job as it stood when it ended, or when the time was up.</summary>
    public async Task<JobView> Wait(JobView job, TimeSpan max, CancellationToken cancellation)
    {
        if (job.Ended || max <= TimeSpan.Zero)
            return job;
        using var subscription = feed.Subscribe(job.Id);
        var start = clock.GetTimestamp();
        var newest = await Read(job);
        while (!newest.Ended && clock.GetElapsedTime(start) < max)
            newest = await Next(subscription, newest, max - clock.GetElapsedTime(start), cancellation);
        return newest;
    }

    private async Task<JobView> Next(
        IJobSubscription subscription, JobView newest, TimeSpan left, CancellationToken cancellation)
    {
        using var doubt = new CancellationTokenSource(left < DoubtAfter ? left : DoubtAfter, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(doubt.Token, cancellation);
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
