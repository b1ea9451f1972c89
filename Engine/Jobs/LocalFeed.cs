using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>Job updates within one process.</summary>
public sealed class LocalFeed(RecentLatencies? latencies = null) : IJobFeed
{
    /// <summary>
    /// The most jobs that an account's reader may have unread. Updates of further jobs are lost; the account's
    /// statement still shows every job that started or ended.
    /// </summary>
    public const int UnreadJobsMax = 1_000;

    private readonly SubscriptionSet _jobs = new();
    private readonly SubscriptionSet _accounts = new();

    public void Publish(JobView job)
    {
        latencies?.Record(job);
        _jobs.Publish(job.Id, job);
        _accounts.Publish(job.AccountId, job);
    }

    public IJobSubscription Subscribe(string jobId)
    {
        var subscription = new JobSubscription(_jobs, jobId);
        _jobs.Add(jobId, subscription);
        return subscription;
    }

    public IJobSubscription SubscribeAccount(string accountId)
    {
        var subscription = new AccountSubscription(_accounts, accountId);
        _accounts.Add(accountId, subscription);
        return subscription;
    }
}
