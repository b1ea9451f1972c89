using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>Job news within one process.</summary>
public sealed class LocalFeed(RecentLatencies? latencies = null) : IJobFeed
{
    /// <summary>
    /// Jobs that a reader of an account may be behind by. News of further ones is lost, as news may be: the account's
    /// statement tells of every job that began or ended.
    /// </summary>
    public const int JobsBehindMax = 1_000;

    private readonly Audience _jobs = new();
    private readonly Audience _accounts = new();

    public void Publish(JobView job)
    {
        latencies?.Hear(job);
        _jobs.Tell(job.Id, job);
        _accounts.Tell(job.AccountId, job);
    }

    public IJobSubscription Subscribe(string jobId)
    {
        var listener = new JobListener(_jobs, jobId);
        _jobs.Add(jobId, listener);
        return listener;
    }

    public IJobSubscription SubscribeAccount(string accountId)
    {
        var listener = new AccountListener(_accounts, accountId);
        _accounts.Add(accountId, listener);
        return listener;
    }
}
