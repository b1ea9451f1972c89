using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Core.Pictures;

namespace TryOn.Engine.Pictures;

/// <summary>Runs the sweep at regular intervals while the process runs.</summary>
public sealed partial class PictureSweepService(
    PictureSweep sweep, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<PictureSweepService> logger)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "A picture sweep failed; the next one will try again")]
    private static partial void LogSweepFailed(ILogger logger, Exception failure);
}
