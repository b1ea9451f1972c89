using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace TryOn.Grains.Machines;

/// <summary>
/// The reminder that revives one grain, after its silo has died or after a wait outside memory. Changes are made one
/// after the other, on the grain's turn.
/// </summary>
internal sealed partial class RevivalReminder(ILogger logger)
{
    public const string Name = "revive";

    /// <summary>The shortest period that Orleans allows; a revival only has to come before a job's deadline.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private Task<bool> _lastChange = Task.FromResult(true);

    /// <summary>True if the reminder exists or will exist after the running change.</summary>
    public bool Registered { get; private set; }

    /// <summary>
    /// Activates the grain again after this activation has ended; the new activation resumes the work.
    /// </summary>
    public static async Task Revive(Grain grain, Task deactivated, ILogger logger)
    {
        var next = grain.AsReference<IRemindable>();
        try
        {
            await deactivated;
            await next.ReceiveReminder(nameof(Revive), default);
        }
        catch (Exception failure)
        {
            LogNotRevived(logger, failure);
        }
    }

    /// <summary>Records that the reminder exists, because it has just ticked.</summary>
    public void MarkRegistered() => Registered = true;

    /// <summary>True once the reminder is registered. If it fails, the next write tries again.</summary>
    public Task<bool> Register(Grain grain) => Register(grain, Period);

    public Task<bool> Register(Grain grain, TimeSpan dueIn)
    {
        Registered = true;
        return _lastChange = Change(
            _lastChange, () => grain.RegisterOrUpdateReminder(Name, dueIn, Period), wanted: true);
    }

    public Task<bool> Remove(Grain grain)
    {
        if (!Registered)
            return _lastChange;
        Registered = false;
        return _lastChange = Change(_lastChange, () => Unregister(grain), wanted: false);
    }

    private static async Task Unregister(Grain grain)
    {
        if (await grain.GetReminder(Name) is { } reminder)
            await grain.UnregisterReminder(reminder);
    }

    private async Task<bool> Change(Task before, Func<Task> change, bool wanted)
    {
        await before;
        try
        {
            await change();
            return true;
        }
        catch (Exception failure)
        {
            LogNotChanged(logger, failure);
            Registered = !wanted;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reminder could not be changed")]
    private static partial void LogNotChanged(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A grain that was unloaded could not be activated again")]
    private static partial void LogNotRevived(ILogger logger, Exception failure);
}
