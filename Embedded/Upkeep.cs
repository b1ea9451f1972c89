using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TryOn.Embedded.Storage;

namespace TryOn.Embedded;

/// <summary>
/// Takes unfinished work up: at start, and whatever a failed write has dropped since. Lets out of memory what has nothing
/// left to do, and off the disk what ended jobs have forgotten.
/// </summary>
public sealed partial class Upkeep(
    EmbeddedDirectory directory, SqliteStore store, IOptions<EmbeddedOptions> options, TimeProvider clock,
    ILogger<Upkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var recovered = await directory.Recover();
        if (recovered > 0)
            LogRecovered(logger, recovered);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await directory.Recover();
                await directory.CollectIdle(options.Value.IdleAge);
                await store.EmptyLog();
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogUpkeepFailed(logger, failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} unfinished accounts and jobs taken up")]
    private static partial void LogRecovered(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Upkeep failed and will be tried again")]
    private static partial void LogUpkeepFailed(ILogger logger, Exception failure);
}
