using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Engine;

namespace TryOn.Grains;

/// <summary>
/// Gives one activation its ports from a grain: the record with its ETag, the timer, and a reminder that revives the
/// grain on another silo should this one die. The ETag is what correctness rests on: of two activations that a failing
/// silo may leave for a moment, one loses its write and goes.
/// </summary>
/// <param name="name">The record's, among the grain's own.</param>
/// <param name="stay">Keeps the grain in memory for a while.</param>
/// <param name="revive">Whether a record in this state must be revived by a reminder.</param>
internal sealed partial class GrainHost<TState>(
    Grain grain, string name, IPersistentState<TState> record, Action<TimeSpan> stay, Func<TState, bool> revive,
    Func<Task> onDue, TimeProvider clock, ILogger logger) : IActivationHost<TState>
    where TState : class, new()
{
    private const string Reminder = "revive";

    /// <summary>Orleans' least period; a revival only has to beat the job's deadline.</summary>
    private static readonly TimeSpan RevivePeriod = TimeSpan.FromMinutes(1);

    /// <summary>A grain that waits stays this much longer than it waits.</summary>
    private static readonly TimeSpan StayMargin = TimeSpan.FromMinutes(1);

    private IGrainTimer? _timer;
    private Task _reminding = Task.CompletedTask;

    /// <summary>Whether there is a reminder, or there will be once what is under way has been done.</summary>
    private bool _reminded;

    /// <summary>Whether there ought to be one.</summary>
    private bool _revived;

    /// <summary>As it was written last; false before anything was.</summary>
    private bool _unfinished;

    /// <summary>Where to write once the grain has been let go of: Orleans closes its own way to the record.</summary>
    private IGrainStorage? _late;
    private GrainState<TState>? _lateState;
    private IGrainFactory? _grains;

    public TimeProvider Clock => clock;

    /// <summary>Orleans may have let go of an activation whose calls go on, and which may yet write.</summary>
    public string Node => Service<ILocalSiloDetails>().SiloAddress.ToParsableString();

    public bool Lives(string node) => Service<IClusterMembershipService>().CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(node))
        is not (SiloStatus.Dead or SiloStatus.None);

    public Task<TState?> Load() => Task.FromResult(record.RecordExists ? record.State : null);

    public async Task Write(TState state, bool unfinished)
    {
        if (_late is not null)
        {
            await WriteLate(_late, state);
            return;
        }

        _revived = unfinished && (_revived || revive(state));
        // A reminder without a record is harmless. A record without one is forgotten where its silo dies just now.
        if (_revived && !_unfinished && !_reminded && !await Remind(wanted: true) && !record.RecordExists)
            throw new ReminderException("A record that nothing would revive was not begun.");
        record.State = state;
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            // It may hold all the same, and then nobody else would know that there is something to do.
            if (_revived && !_reminded)
                _ = Remind(wanted: true);
            throw;
        }

        _unfinished = unfinished;
        if (_reminded != _revived)
            _ = Remind(_revived);
    }

    public void Arm(DateTimeOffset? due)
    {
        if (_late is not null)
            return;
        if (due is null)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // A submit under way wants no timer either, but it stays.
            if (!_unfinished)
                stay(TimeSpan.Zero);
            return;
        }

        var wait = due.Value - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        wait = wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
        stay(wait + StayMargin);
        if (_timer is null)
        {
            var options = new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true };
            _timer = grain.RegisterGrainTimer(Due, options);
        }
        else
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Drop()
    {
        if (_late is null)
            grain.DeactivateOnIdle();
    }

    /// <summary>
    /// What is still under way may end, and be written if nobody else has written; what is due, and the reminder, are the
    /// next activation's.
    /// </summary>
    public void LetGo()
    {
        var services = grain.GrainContext.ActivationServices;
        _grains = services.GetRequiredService<IGrainFactory>();
        _late = services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);
    }

    private T Service<T>()
        where T : notnull => grain.GrainContext.ActivationServices.GetRequiredService<T>();

    private async Task WriteLate(IGrainStorage storage, TState state)
    {
        // Not sooner: a write that was under way when the grain was let go of has changed the ETag since.
        _lateState ??= new GrainState<TState> { ETag = record.Etag, RecordExists = record.RecordExists };
        _lateState.State = state;
        await storage.WriteStateAsync(name, grain.GrainContext.GrainId, _lateState);
        _ = Succeed(_grains!.GetGrain(grain.GrainContext.GrainId));
    }

    /// <summary>The next activation may have read the record before this write, and be waiting for what was written.</summary>
    private async Task Succeed(IAddressable next)
    {
        try
        {
            await next.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
            await next.AsReference<IRemindable>().ReceiveReminder(Reminder, default);
        }
        catch (Exception failure)
        {
            LogNotSucceeded(logger, failure);
        }
    }

    /// <summary>
    /// One change after another; true once it holds. Where it does not, the next write tries again, or the next time that is
    /// due. Only what begins waits for it: what is written afterwards may be a paid answer, and must not wait.
    /// </summary>
    public Task<bool> Remind(bool wanted)
    {
        _reminded = wanted;
        var change = Change(_reminding, wanted);
        _reminding = change;
        return change;
    }

    private Task Due()
    {
        if (_revived && !_reminded)
            _ = Remind(wanted: true);
        return onDue();
    }

    private async Task<bool> Change(Task before, bool wanted)
    {
        await before;
        try
        {
            if (wanted)
                await grain.RegisterOrUpdateReminder(Reminder, RevivePeriod, RevivePeriod);
            else if (await grain.GetReminder(Reminder) is { } reminder)
                await grain.UnregisterReminder(reminder);
            return true;
        }
        catch (Exception failure)
        {
            LogNotReminded(logger, failure);
            _reminded = !wanted;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A late write was not told to the next activation")]
    private static partial void LogNotSucceeded(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reminder was not changed")]
    private static partial void LogNotReminded(ILogger logger, Exception failure);
}
