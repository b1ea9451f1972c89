using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Engine.Activations;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Machines;

/// <summary>
/// A grain that runs one machine. It provides the engine with the record and its ETag, a clock, a timer, and a reminder
/// that revives the grain if its silo dies. Correctness rests on the ETag: if a failing silo leaves two activations for
/// a moment, one of them fails its write and deactivates. Reentrant, so that callers who arrive during a write share
/// the next one; the engine's state is consistent at every await.
/// </summary>
[Reentrant]
public abstract class MachineGrain<TState, TActivation>(
    string recordName, IPersistentState<TState> record, TimeProvider clock, ILogger logger)
    : Grain, IActivationHost<TState>, IRemindable
    where TState : class, new()
    where TActivation : IActivation
{
    /// <summary>A waiting grain is kept in memory for its wait plus this margin.</summary>
    private static readonly TimeSpan KeepAliveMargin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// If <see cref="DeactivatesWhileWaiting"/>, longer waits leave memory and use the reminder; for shorter ones that
    /// saves nothing.
    /// </summary>
    private static readonly TimeSpan DeactivateWaitMin = TimeSpan.FromMinutes(4);

    /// <summary>
    /// The delay before an unneeded activation leaves. Concurrent calls are answered by one activation: if it left at
    /// once, Orleans would forward the other calls to the next activation, which would leave too, and would finally
    /// refuse them.
    /// </summary>
    private static readonly TimeSpan DeactivateDelay = TimeSpan.FromSeconds(1);

    private readonly RevivalReminder _reminder = new(logger);
    private IGrainTimer? _timer;
    private IGrainTimer? _deactivationTimer;
    private LateWriter<TState>? _late;

    /// <summary>Whether the record as last written is unfinished.</summary>
    private bool _unfinished;

    private bool _needsReminder;

    public TimeProvider Clock => clock;

    /// <summary>
    /// The name of this silo. Used by an activation even after Orleans has deactivated it, while its calls finish and
    /// write.
    /// </summary>
    public string Node => SiloMembership.LocalNode(GrainContext.ActivationServices);

    /// <summary>The running machine.</summary>
    protected TActivation Activation { get; private set; } = default!;

    /// <summary>
    /// True if nothing runs while the machine waits, so that the grain can leave memory during a long wait.
    /// </summary>
    protected virtual bool DeactivatesWhileWaiting => false;

    /// <summary>True if the reminder is kept for later work once there is none; its next tick removes it.</summary>
    protected virtual bool KeepsReminder => false;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Activation = Create(this);
        return Activation.Resume();
    }

    /// <summary>
    /// Orleans may deactivate a grain with running work if the silo that held its directory entry has gone.
    /// </summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Activation is not { Idle: false })
            return Task.CompletedTask;
        _late = new LateWriter<TState>(this, recordName, record, logger);
        Activation.Unload();
        return Task.CompletedTask;
    }

    /// <summary>
    /// The activation has already resumed the work. Anything due is done here in case the timer is late.
    /// </summary>
    /// <param name="reminderName">Another name than the reminder's if no reminder has ticked: the grain may have
    /// none.</param>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (reminderName == RevivalReminder.Name)
            _reminder.MarkRegistered();
        await Activation.OnDue();
        if (!Activation.Idle || !_reminder.Registered)
            return;
        // An outdated activation is idle too, but the current one may need the reminder.
        var current = await IsCurrent();
        if (!Activation.Idle)
            return;
        if (current)
            await _reminder.Remove(this);
        else
            Drop();
    }

    public bool IsAlive(string node) => SiloMembership.IsAlive(GrainContext.ActivationServices, node);

    public Task<TState?> Load()
    {
        _unfinished = record.RecordExists;
        _needsReminder = record.RecordExists && NeedsReminder(record.State);
        return Task.FromResult(record.RecordExists ? record.State : null);
    }

    public async Task Write(TState state, bool unfinished)
    {
        if (_late is not null)
        {
            await _late.Write(state);
            return;
        }

        var needed = _needsReminder;
        _needsReminder = unfinished && NeedsReminder(state);
        // A reminder without work is harmless. Work without a reminder is lost if its silo dies now.
        if (_needsReminder && !_reminder.Registered && !await _reminder.Register(this) && !needed)
            throw new ReminderException("The work was not started because its reminder could not be registered.");
        record.State = state;
        await record.WriteStateAsync();
        _unfinished = unfinished;
        if (!unfinished && !KeepsReminder)
            _ = _reminder.Remove(this);
    }

    public void Arm(DateTimeOffset? due)
    {
        if (_late is not null)
            return;
        var wait = due - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        if (wait > DeactivateWaitMin && DeactivatesWhileWaiting)
        {
            _ = _reminder.Register(this, wait.Value);
            wait = null;
        }

        if (wait is null)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // A running submit needs no timer either, but the grain must stay.
            if (!_unfinished || DeactivatesWhileWaiting)
                DelayDeactivation(TimeSpan.Zero);
            return;
        }

        ArmTimer(wait > TimeSpan.Zero ? wait.Value : TimeSpan.FromMilliseconds(1));
    }

    /// <summary>The next activation resumes this one's work at once instead of at the next call.</summary>
    public void Drop()
    {
        if (_late is not null)
            return;
        DeactivateOnIdle();
        _ = RevivalReminder.Revive(this, GrainContext.Deactivated, logger);
    }

    /// <summary>True if no work is lost when this activation leaves memory.</summary>
    protected virtual Task<bool> CanDeactivate() => Task.FromResult(Activation.Idle);

    /// <summary>Deactivates the grain shortly, unless it is needed by then.</summary>
    protected void DeactivateSoon()
    {
        var options = new GrainTimerCreationOptions(DeactivateDelay, DeactivateDelay) { Interleave = true };
        _deactivationTimer ??= this.RegisterGrainTimer(static grain => grain.DeactivateIfUnneeded(), this, options);
    }

    /// <summary>Creates the machine, with this grain as its host.</summary>
    protected abstract TActivation Create(IActivationHost<TState> host);

    /// <summary>True if only its own reminder revives a record in this state.</summary>
    protected abstract bool NeedsReminder(TState state);

    private async Task<bool> IsCurrent()
    {
        var storage = GrainContext.ActivationServices.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);
        var (stored, etag) = (new GrainState<TState>(), record.Etag);
        await storage.ReadStateAsync(recordName, GrainContext.GrainId, stored);
        return stored.ETag == etag;
    }

    private void ArmTimer(TimeSpan wait)
    {
        DelayDeactivation(wait + KeepAliveMargin);
        if (_timer is not null)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        var options = new GrainTimerCreationOptions(
            wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true };
        _timer = this.RegisterGrainTimer(static grain => grain.OnTimer(), this, options);
    }

    private async Task DeactivateIfUnneeded()
    {
        _deactivationTimer?.Dispose();
        _deactivationTimer = null;
        if (await CanDeactivate())
            DeactivateOnIdle();
    }

    private Task OnTimer()
    {
        if (_needsReminder && !_reminder.Registered)
            _ = _reminder.Register(this);
        return Activation.OnDue();
    }
}
