namespace TryOn.Core.Jobs;

/// <summary>News of running jobs. Best effort: the committed job is the truth, so a watcher subscribes, then reads.</summary>
public interface IJobFeed
{
    void Publish(JobView job);

    IJobSubscription Subscribe(string jobId);

    /// <summary>All jobs of one account. A reader that is a thousand jobs behind misses further ones.</summary>
    IJobSubscription SubscribeAccount(string accountId);
}

public interface IJobSubscription : IDisposable
{
    /// <summary>
    /// The newest view published since the last call; of an account, that of one of its jobs. A slow reader skips views, and
    /// never misses a job's last.
    /// </summary>
    ValueTask<JobView> Next(CancellationToken cancellation);
}
