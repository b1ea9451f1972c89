using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;

namespace TryOn.Embedded;

/// <summary>Takes unfinished work up at start, then keeps memory and disk free of what nobody needs.</summary>
public sealed partial class Upkeep(
    EmbeddedDirectory directory, PictureSweep sweep, IOptions<EmbeddedOptions> embedded,
    IOptions<RetentionOptions> retention, TimeProvider clock, ILogger<Upkeep> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var recovered = await directory.Recover();
        if (recovered > 0)
            LogRecovered(logger, recovered);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Every(retention.Value.SweepInterval, () => sweep.Run(stoppingToken), stoppingToken),
        Every(embedded.Value.IdleAge / 4, () => directory.CollectIdle(embedded.Value.IdleAge), stoppingToken));

    private async Task Every(TimeSpan interval, Func<Task> work, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await Tick(timer, stopping))
        {
            try
            {
                await work();
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogUpkeepFailed(logger, failure);
            }
        }
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} unfinished accounts and jobs taken up")]
    private static partial void LogRecovered(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Upkeep failed and will be tried again")]
    private static partial void LogUpkeepFailed(ILogger logger, Exception failure);
}
