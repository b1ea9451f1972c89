namespace TryOn.Core.Jobs;

/// <summary>
/// Updates of running jobs. Best effort: the committed job is authoritative, so a watcher subscribes first and then
/// reads the job.
/// </summary>
public interface IJobFeed
{
    void Publish(JobView job);

    IJobSubscription Subscribe(string jobId);

    /// <summary>
    /// Subscribes to all jobs of one account. A reader that has 1,000 jobs unread misses updates of further ones.
    /// </summary>
    IJobSubscription SubscribeAccount(string accountId);
}
