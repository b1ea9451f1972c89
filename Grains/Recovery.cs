using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
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

    private static readonly GrainType AccountType = GrainType.Create("account");

    /// <summary>A reminder that is due later belongs to a grain that waits, and that has nothing to resume until then.</summary>
    private static readonly TimeSpan DueWithin = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when every job that an upstream may have holds its place again, or cannot be resumed.</summary>
    public Task Done => _done.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Resume(stoppingToken);
        }
        finally
        {
            _done.TrySetResult();
        }
    }

    private async Task Resume(CancellationToken stoppingToken)
    {
        var rows = await reminders.ReadRows(0, 0, stoppingToken);
        var soon = clock.GetUtcNow().UtcDateTime + DueWithin;
        var due = rows.Reminders.Where(row => row.StartAt <= soon).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = GrainsAtOnce, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(due, options, async (row, _) => await Resume(row));
        foreach (var account in due.Where(row => row.GrainId.Type == AccountType))
            await JobsOf(account.GrainId, stoppingToken);
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

    /// <summary>Returns when every job with a reservation has answered its account; each gets a call's time at most.</summary>
    private async Task JobsOf(GrainId account, CancellationToken stop)
    {
        try
        {
            while (await grains.GetGrain<IAccountGrain>(account).RevivesJobs())
                await Task.Delay(AskEvery, TimeProvider.System, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogNotResumed(logger, account, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed the work of {Count} accounts, jobs and deliveries")]
    private static partial void LogResumed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{GrainId} could not be resumed")]
    private static partial void LogNotResumed(ILogger logger, GrainId grainId, Exception failure);
}
