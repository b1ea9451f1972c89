using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Grains.Accounts;
using TryOn.Grains.Interfaces;

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

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);

    private static readonly GrainType AccountType = GrainType.Create(AccountGrain.TypeName);

    /// <summary>A reminder that is due later belongs to a grain that waits, and that has nothing to resume until then.</summary>
    private static readonly TimeSpan DueWithin = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when every job that an upstream may have holds its place again, or cannot be resumed.</summary>
    public Task Done => _done.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rows = await reminders.ReadRows(0, 0, stoppingToken);
        var soon = clock.GetUtcNow().UtcDateTime + DueWithin;
        var due = rows.Reminders.Where(row => row.StartAt <= soon).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = GrainsAtOnce, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(due, options, async (row, stop) => await Resume(row, stop));
        // Not where it was cut short: a process that ends lets nobody in by what it has not counted.
        _done.SetResult();
        if (due.Count > 0)
            LogResumed(logger, due.Count);
    }

    /// <summary>
    /// With an account, its jobs; each has a call's time at most to answer. A record that cannot be read stops nobody else's
    /// work: its own calls fail until somebody has mended it.
    /// </summary>
    private async Task Resume(ReminderEntry reminder, CancellationToken stop)
    {
        var id = reminder.GrainId;
        try
        {
            await Wake(reminder);
            while (id.Type == AccountType && await grains.GetGrain<IAccountGrain>(id).RevivesJobs())
                await Task.Delay(AskEvery, TimeProvider.System, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogNotResumed(logger, id, failure);
        }
    }

    private Task Wake(ReminderEntry reminder) =>
        grains.GetGrain(reminder.GrainId).AsReference<IRemindable>().ReceiveReminder(reminder.ReminderName, default);

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed the work of {Count} accounts, jobs and deliveries")]
    private static partial void LogResumed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{GrainId} could not be resumed")]
    private static partial void LogNotResumed(ILogger logger, GrainId grainId, Exception failure);
}
