using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;
using TryOn.Core.Jobs;
using TryOn.Engine.Jobs;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Feed;

/// <summary>
/// Job updates across the cluster. A silo publishes its jobs' updates on one of a few streams; every front end receives
/// all of them and passes each view to the local watchers of that job or its account. Updates may be lost, duplicated
/// or late: watchers read the committed job at the start and whenever updates stop.
/// </summary>
public sealed partial class StreamFeed(IClusterClient cluster, LocalFeed local, ILogger<StreamFeed> logger) : IJobFeed
{
    private const int Streams = 8;
    private const string Namespace = "jobs";

    private List<StreamSubscriptionHandle<JobView>> _subscriptions = [];

    public void Publish(JobView job)
    {
        local.Publish(job);
        _ = Send(job);
    }

    public IJobSubscription Subscribe(string jobId) => local.Subscribe(jobId);

    public IJobSubscription SubscribeAccount(string accountId) => local.SubscribeAccount(accountId);

    /// <summary>
    /// Subscribes to every stream again, then removes the previous subscriptions. Called regularly, because a
    /// subscription is silently lost with the silo that kept it.
    /// </summary>
    public async Task RenewSubscriptions()
    {
        var previous = _subscriptions;
        _subscriptions = [.. await Task.WhenAll(
            Enumerable.Range(0, Streams).Select(number => Stream(number).SubscribeAsync(OnUpdate)))];
        await Task.WhenAll(previous.Select(Unsubscribe));
    }

    private IAsyncStream<JobView> Stream(int number) =>
        cluster.GetStreamProvider(ClusterStorage.Feed).GetStream<JobView>(StreamId.Create(Namespace, number));

    private Task OnUpdate(JobView job, StreamSequenceToken? token)
    {
        local.Publish(job);
        return Task.CompletedTask;
    }

    private async Task Send(JobView job)
    {
        try
        {
            // A job always uses the same stream, which keeps its updates in order.
            await Stream(job.Id[^1] % Streams).OnNextAsync(job);
        }
        catch (Exception failure)
        {
            LogNotSent(logger, job.Id, failure);
        }
    }

    private async Task Unsubscribe(StreamSubscriptionHandle<JobView> handle)
    {
        try
        {
            await handle.UnsubscribeAsync();
        }
        catch (Exception failure)
        {
            LogNotUnsubscribed(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "An update of job {JobId} was not sent")]
    private static partial void LogNotSent(ILogger logger, string jobId, Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "An old subscription could not be removed")]
    private static partial void LogNotUnsubscribed(ILogger logger, Exception failure);
}
