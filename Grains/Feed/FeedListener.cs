using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TryOn.Grains.Feed;

/// <summary>Keeps a front end listening.</summary>
public sealed partial class FeedListener(StreamFeed feed, TimeProvider clock, ILogger<FeedListener> logger)
    : BackgroundService
{
    /// <summary>A watcher doubts after five seconds anyway, so a silent half minute costs little.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        do
        {
            try
            {
                await feed.Listen();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotListening(logger, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job news is not heard for now")]
    private static partial void LogNotListening(ILogger logger, Exception failure);
}
