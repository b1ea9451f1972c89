using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
    private bool _reminded;

    /// <summary>Where to write once the grain has been let go of: Orleans closes its own way to the record.</summary>
    private IGrainStorage? _late;
    private GrainState<TState>? _lateState;

    public TimeProvider Clock => clock;

    /// <summary>Orleans may have let go of an activation whose calls go on, and which may yet write.</summary>
    public bool Alone => false;

    public Task<TState?> Load() => Task.FromResult(record.RecordExists ? record.State : null);

    public async Task Write(TState state, bool unfinished)
    {
        if (_late is not null)
        {
            await WriteLate(_late, state);
            return;
        }

        record.State = state;
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            // It may hold all the same, and then nobody else would know that there is something to do.
            if (unfinished && revive(state) && !_reminded)
                Remind(wanted: true);
            throw;
        }

        if (_reminded != (unfinished && (_reminded || revive(state))))
            Remind(!_reminded);
    }

    public void Arm(DateTimeOffset? due)
    {
        if (_late is not null)
            return;
        if (due is null)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = due.Value - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        wait = wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
        stay(wait + StayMargin);
        if (_timer is null)
        {
            var options = new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true };
            _timer = grain.RegisterGrainTimer(onDue, options);
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
    public void LetGo() =>
        _late = grain.GrainContext.ActivationServices.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);

    private Task WriteLate(IGrainStorage storage, TState state)
    {
        // Not sooner: a write that was under way when the grain was let go of has changed the ETag since.
        _lateState ??= new GrainState<TState> { ETag = record.Etag, RecordExists = record.RecordExists };
        _lateState.State = state;
        return storage.WriteStateAsync(name, grain.GrainContext.GrainId, _lateState);
    }

    /// <summary>
    /// One change after another, and nobody waits for it: the commit it follows already stands, and a revival lost here is
    /// made good by the account, which asks after the jobs of its open reservations.
    /// </summary>
    public void Remind(bool wanted)
    {
        _reminded = wanted;
        _reminding = Change(_reminding, wanted);
    }

    private async Task Change(Task before, bool wanted)
    {
        await before;
        try
        {
            if (wanted)
                await grain.RegisterOrUpdateReminder(Reminder, RevivePeriod, RevivePeriod);
            else if (await grain.GetReminder(Reminder) is { } reminder)
                await grain.UnregisterReminder(reminder);
        }
        catch (Exception failure)
        {
            LogNotReminded(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reminder was not changed")]
    private static partial void LogNotReminded(ILogger logger, Exception failure);
}
