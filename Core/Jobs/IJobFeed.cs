namespace TryOn.Core.Jobs;

/// <summary>News of running jobs. Best effort: the committed job is the truth, so a watcher subscribes, then reads.</summary>
public interface IJobFeed
{
    void Publish(JobView job);

    IJobSubscription Subscribe(string jobId);
}

public interface IJobSubscription : IDisposable
{
    /// <summary>The newest view published since the last call. A slow reader skips views, and never misses the last.</summary>
    ValueTask<JobView> Next(CancellationToken cancellation);
}
