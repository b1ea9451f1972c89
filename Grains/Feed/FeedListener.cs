using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TryOn.Grains.Feed;

/// <summary>Renews a front end's subscriptions to job updates.</summary>
public sealed partial class FeedListener(StreamFeed feed, TimeProvider clock, ILogger<FeedListener> logger)
    : BackgroundService
{
    /// <summary>
    /// A watcher rereads the job after five seconds without updates, so half a minute without a subscription costs
    /// little.
    /// </summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        do
        {
            try
            {
                await feed.RenewSubscriptions();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotSubscribed(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job updates cannot be received for now")]
    private static partial void LogNotSubscribed(ILogger logger, Exception failure);
}
