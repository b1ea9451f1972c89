using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Engine;

namespace TryOn.Grains;

/// <summary>
/// A grain that runs one machine: it gives the engine its record with the ETag, a clock, a timer, and a reminder that
/// revives the grain should its silo die. Correctness rests on the ETag: of two activations that a failing silo may leave
/// for a moment, one loses its write and goes. Reentrant, since the engine keeps turns whole and callers that arrive
/// during a write share the next one.
/// </summary>
[Reentrant]
public abstract class MachineGrain<TState, TActivation>(
    string recordName, IPersistentState<TState> record, TimeProvider clock, ILogger logger)
    : Grain, IActivationHost<TState>, IRemindable
    where TState : class, new()
    where TActivation : IActivation
{
    /// <summary>A grain that waits stays in memory this much longer than it waits.</summary>
    private static readonly TimeSpan StayMargin = TimeSpan.FromMinutes(1);

    /// <summary>A longer wait is left to the reminder where <see cref="RestsWhileWaiting"/>; below it that saves nothing.</summary>
    private static readonly TimeSpan RestMin = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Those who called together get their answers from one activation. Were it to go at once, Orleans would send the
    /// others on to the next, which would go as well, and would then refuse them.
    /// </summary>
    private static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(1);

    private readonly RevivalReminder _reminder = new(logger);
    private IGrainTimer? _timer;
    private IGrainTimer? _leaving;
    private LateWriter<TState>? _late;

    /// <summary>As it was written last.</summary>
    private bool _unfinished;

    private bool _needsReminder;

    public TimeProvider Clock => clock;

    /// <summary>Orleans may have let go of an activation whose calls go on, and which may yet write.</summary>
    public string Node => SiloMembership.Local(GrainContext.ActivationServices);

    /// <summary>The machine at work.</summary>
    protected TActivation Activation { get; private set; } = default!;

    /// <summary>Whether nothing is under way while the machine waits, so that a long wait need not be spent in memory.</summary>
    protected virtual bool RestsWhileWaiting => false;

    /// <summary>Whether the reminder stays, for the next work, once there is none; its next tick then removes it.</summary>
    protected virtual bool KeepsReminder => false;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Activation = Create(this);
        return Activation.TakeUp();
    }

    /// <summary>Orleans may do this to a grain at work, when the silo that kept its whereabouts has gone.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Activation is not { Idle: false })
            return Task.CompletedTask;
        _late = new LateWriter<TState>(this, recordName, record, logger);
        Activation.LetGo();
        return Task.CompletedTask;
    }

    /// <summary>Activation has already resumed the work. What is due is done here in case timers are late.</summary>
    /// <param name="reminderName">Not the reminder's own where no reminder has ticked: there may be none.</param>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (reminderName == RevivalReminder.Name)
            _reminder.Found();
        await Activation.OnDue();
        if (!Activation.Idle || !_reminder.Registered)
            return;
        // One that another activation has overtaken is idle, and the other one may need the reminder.
        var current = await IsCurrent();
        if (!Activation.Idle)
            return;
        if (current)
            await _reminder.Remove(this);
        else
            Drop();
    }

    public bool Lives(string node) => SiloMembership.Lives(GrainContext.ActivationServices, node);

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
        // A reminder without work is harmless. Work without one is forgotten where its silo dies just now.
        if (_needsReminder && !_reminder.Registered && !await _reminder.Register(this) && !needed)
            throw new ReminderException("Work that nothing would revive was not begun.");
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
        if (wait > RestMin && RestsWhileWaiting)
        {
            _ = _reminder.Register(this, wait.Value);
            wait = null;
        }

        if (wait is null)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // A submit under way wants no timer either, but it stays.
            if (!_unfinished || RestsWhileWaiting)
                DelayDeactivation(TimeSpan.Zero);
            return;
        }

        Wake(wait > TimeSpan.Zero ? wait.Value : TimeSpan.FromMilliseconds(1));
    }

    /// <summary>The next activation takes up what this one leaves, at once and not when the next call happens to come.</summary>
    public void Drop()
    {
        if (_late is not null)
            return;
        DeactivateOnIdle();
        _ = RevivalReminder.Revive(this, GrainContext.Deactivated, logger);
    }

    /// <summary>Whether nothing is lost when this activation leaves memory.</summary>
    protected virtual Task<bool> IsUnneeded() => Task.FromResult(Activation.Idle);

    /// <summary>Leaves memory in a moment, unless it is needed by then.</summary>
    protected void LeaveSoon()
    {
        var options = new GrainTimerCreationOptions(LeaveAfter, LeaveAfter) { Interleave = true };
        _leaving ??= this.RegisterGrainTimer(static grain => grain.Leave(), this, options);
    }

    /// <summary>The machine that runs, with this grain as its host.</summary>
    protected abstract TActivation Create(IActivationHost<TState> host);

    /// <summary>Whether a record in this state has nobody but a reminder of its own to revive it.</summary>
    protected abstract bool NeedsReminder(TState state);

    private async Task<bool> IsCurrent()
    {
        var storage = GrainContext.ActivationServices.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);
        var (stored, etag) = (new GrainState<TState>(), record.Etag);
        await storage.ReadStateAsync(recordName, GrainContext.GrainId, stored);
        return stored.ETag == etag;
    }

    private void Wake(TimeSpan wait)
    {
        DelayDeactivation(wait + StayMargin);
        if (_timer is not null)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        var options = new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true };
        _timer = this.RegisterGrainTimer(static grain => grain.OnTimer(), this, options);
    }

    private async Task Leave()
    {
        _leaving?.Dispose();
        _leaving = null;
        if (await IsUnneeded())
            DeactivateOnIdle();
    }

    private Task OnTimer()
    {
        if (_needsReminder && !_reminder.Registered)
            _ = _reminder.Register(this);
        return Activation.OnDue();
    }
}
