using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Grains.Accounts;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Recovery;

/// <summary>
/// Activates every grain that has a reminder once the silo has started, so that interrupted work resumes at once
/// instead of when its reminder ticks within the next minute. Only for a single silo; in a cluster, the other silos
/// have taken over the work long before one is back.
/// </summary>
public sealed partial class RecoveryService(
    IReminderTable reminders, IGrainFactory grains, TimeProvider clock, ILogger<RecoveryService> logger)
    : BackgroundService
{
    private const int GrainsAtOnce = 64;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private static readonly GrainType AccountType = GrainType.Create(AccountGrain.TypeName);

    /// <summary>
    /// A reminder due later than this belongs to a waiting grain, which has nothing to resume until then.
    /// </summary>
    private static readonly TimeSpan DueWithin = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Completes when every job that an upstream may have holds its permit again or cannot be resumed.
    /// </summary>
    public Task Done => _done.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rows = await reminders.ReadRows(0, 0, stoppingToken);
        var soon = clock.GetUtcNow().UtcDateTime + DueWithin;
        var due = rows.Reminders.Where(row => row.StartAt <= soon).ToList();
        var options =
            new ParallelOptions { MaxDegreeOfParallelism = GrainsAtOnce, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(due, options, async (row, stop) => await Resume(row, stop));
        // Not set if the recovery was interrupted: a stopping process must not admit jobs by an incomplete count.
        _done.SetResult();
        if (due.Count > 0)
            LogResumed(logger, due.Count);
    }

    /// <summary>
    /// Resumes the grain and, for an account, its jobs, each of which has one call's timeout to answer. A record that
    /// cannot be read does not stop the others: only its own calls fail until it is repaired.
    /// </summary>
    private async Task Resume(ReminderEntry reminder, CancellationToken stop)
    {
        var id = reminder.GrainId;
        try
        {
            await SendReminder(reminder);
            while (id.Type == AccountType && await grains.GetGrain<IAccountGrain>(id).Reconciles())
                await Task.Delay(PollInterval, TimeProvider.System, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            LogNotResumed(logger, id, failure);
        }
    }

    private Task SendReminder(ReminderEntry reminder) =>
        grains.GetGrain(reminder.GrainId).AsReference<IRemindable>().ReceiveReminder(reminder.ReminderName, default);

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed the work of {Count} accounts, jobs and deliveries")]
    private static partial void LogResumed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{GrainId} could not be resumed")]
    private static partial void LogNotResumed(ILogger logger, GrainId grainId, Exception failure);
}
