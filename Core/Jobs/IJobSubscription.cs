namespace TryOn.Core.Jobs;

public interface IJobSubscription : IDisposable
{
    /// <summary>
    /// Waits for the newest view published since the last call; in an account's subscription, the newest view of one of
    /// its jobs. A slow reader skips views but always gets a job's last one.
    /// </summary>
    ValueTask<JobView> Next(CancellationToken cancellation);
}
