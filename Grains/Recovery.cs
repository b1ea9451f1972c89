using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TryOn.Grains;

/// <summary>
/// Activates every grain that has a reminder, once the silo has started: whatever a crash interrupted is resumed at once,
/// and not when its reminder ticks within the next minute. Meant for a silo that is alone; in a cluster the other silos
/// have taken the work over long before one is back.
/// </summary>
public sealed partial class Recovery(
    IReminderTable reminders, IGrainFactory grains, TimeProvider clock, ILogger<Recovery> logger) : BackgroundService
{
    private const int GrainsAtOnce = 64;

    /// <summary>A reminder that is due later belongs to a grain that waits, and that has nothing to resume until then.</summary>
    private static readonly TimeSpan DueWithin = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rows = await reminders.ReadRows(0, 0, stoppingToken);
        var soon = clock.GetUtcNow().UtcDateTime + DueWithin;
        var due = rows.Reminders.Where(row => row.StartAt <= soon).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = GrainsAtOnce, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(due, options, async (row, _) => await Resume(row));
        if (due.Count > 0)
            LogResumed(logger, due.Count);
    }

    /// <summary>A record that cannot be read stops nobody else's work: its own calls fail until somebody has mended it.</summary>
    private async Task Resume(ReminderEntry reminder)
    {
        try
        {
            await grains.GetGrain(reminder.GrainId).AsReference<IRemindable>().ReceiveReminder(reminder.ReminderName, default);
        }
        catch (Exception failure)
        {
            LogNotResumed(logger, reminder.GrainId, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed the work of {Count} accounts, jobs and deliveries")]
    private static partial void LogResumed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{GrainId} could not be resumed")]
    private static partial void LogNotResumed(ILogger logger, GrainId grainId, Exception failure);
}
