using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Core.Pictures;

namespace TryOn.Engine.Pictures;

/// <summary>Sweeps now and then, for as long as the process lives.</summary>
public sealed partial class PictureUpkeep(
    PictureSweep sweep, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<PictureUpkeep> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sweep.Run(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogSweepFailed(logger, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A sweep failed; the next one tries again")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);
}
