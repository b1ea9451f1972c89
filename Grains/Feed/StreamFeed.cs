using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;
using TryOn.Core.Jobs;
using TryOn.Engine.Jobs;

namespace TryOn.Grains.Feed;

/// <summary>
/// Job news across the cluster. A silo publishes what its jobs do on one of a few streams; every front end hears all of
/// them and hands each view to whoever watches that job or its account there. News may be lost, doubled or late: watchers
/// read the committed job first and on doubt.
/// </summary>
public sealed partial class StreamFeed(IClusterClient cluster, LocalFeed local, ILogger<StreamFeed> logger) : IJobFeed
{
    private const int Streams = 8;
    private const string Namespace = "jobs";

    private List<StreamSubscriptionHandle<JobView>> _heard = [];

    public void Publish(JobView job)
    {
        local.Publish(job);
        _ = Send(job);
    }

    public IJobSubscription Subscribe(string jobId) => local.Subscribe(jobId);

    public IJobSubscription SubscribeAccount(string accountId) => local.SubscribeAccount(accountId);

    /// <summary>
    /// Listens anew to every stream, then lets go of what was listened to before. Called again and again: a subscription
    /// dies with the silo that kept it, and nobody says so.
    /// </summary>
    public async Task Listen()
    {
        var before = _heard;
        _heard = [.. await Task.WhenAll(Enumerable.Range(0, Streams).Select(number => Stream(number).SubscribeAsync(Heard)))];
        await Task.WhenAll(before.Select(LetGo));
    }

    private IAsyncStream<JobView> Stream(int number) =>
        cluster.GetStreamProvider(ClusterStorage.Feed).GetStream<JobView>(StreamId.Create(Namespace, number));

    private Task Heard(JobView job, StreamSequenceToken? token)
    {
        local.Publish(job);
        return Task.CompletedTask;
    }

    private async Task Send(JobView job)
    {
        try
        {
            // One job's news stays on one stream, and so in order.
            await Stream(job.Id[^1] % Streams).OnNextAsync(job);
        }
        catch (Exception failure)
        {
            LogNotSent(logger, job.Id, failure);
        }
    }

    private async Task LetGo(StreamSubscriptionHandle<JobView> handle)
    {
        try
        {
            await handle.UnsubscribeAsync();
        }
        catch (Exception failure)
        {
            LogNotLetGo(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "News of job {JobId} was not sent")]
    private static partial void LogNotSent(ILogger logger, string jobId, Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "An old subscription was gone already")]
    private static partial void LogNotLetGo(ILogger logger, Exception failure);
}
