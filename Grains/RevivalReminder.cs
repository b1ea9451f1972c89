using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace TryOn.Grains;

/// <summary>
/// The reminder that revives one grain: after its silo has died, or once a wait that is not spent in memory is over. Its
/// changes are made one after the other, on the grain's turn.
/// </summary>
internal sealed partial class RevivalReminder(ILogger logger)
{
    public const string Name = "revive";

    /// <summary>Orleans' least period; a revival only has to beat a job's deadline.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private Task<bool> _change = Task.FromResult(true);

    /// <summary>Whether there is one, or will be once the change under way is done.</summary>
    public bool Registered { get; private set; }

    /// <summary>Activates the grain, which resumes its work, once this activation of it has gone.</summary>
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

    /// <summary>It has just ticked.</summary>
    public void Found() => Registered = true;

    /// <summary>True once it holds. Where it does not, the next write tries again.</summary>
    public Task<bool> Register(Grain grain) => Register(grain, Period);

    public Task<bool> Register(Grain grain, TimeSpan dueIn)
    {
        Registered = true;
        return _change = After(_change, () => grain.RegisterOrUpdateReminder(Name, dueIn, Period), wanted: true);
    }

    public Task<bool> Remove(Grain grain)
    {
        if (!Registered)
            return _change;
        Registered = false;
        return _change = After(_change, () => Unregister(grain), wanted: false);
    }

    private static async Task Unregister(Grain grain)
    {
        if (await grain.GetReminder(Name) is { } reminder)
            await grain.UnregisterReminder(reminder);
    }

    private async Task<bool> After(Task before, Func<Task> change, bool wanted)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reminder was not changed")]
    private static partial void LogNotChanged(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A grain that had to leave memory was not activated again")]
    private static partial void LogNotRevived(ILogger logger, Exception failure);
}
