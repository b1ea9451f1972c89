using TryOn.Engine.Activations;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>
/// One activation in a host's memory and its services, in place of <c>MachineGrain</c> in production.
/// </summary>
internal sealed class SimulatedGrain<TContract, TState> : IActivationHost<TState>
    where TContract : class
    where TState : class
{
    /// <summary>Kinds that rest while they wait leave longer waits than this to the reminder.</summary>
    private static readonly TimeSpan RestMin = TimeSpan.FromMinutes(4);

    private readonly World _world;
    private readonly Host _host;
    private readonly GrainKind<TState> _kind;
    private readonly string _id;
    private readonly Action<SimulatedGrain<TContract, TState>> _forget;
    private readonly RecordWriter<TState> _record;
    private readonly GrainReminder _reminder;
    private readonly ITimer _timer;
    private readonly IActivation _activation;
    private DateTimeOffset? _armed;
    private bool _needsReminder;

    public SimulatedGrain(
        World world, Host host, GrainKind<TState> kind, string id, Func<IActivationHost<TState>, TContract> create,
        Action<SimulatedGrain<TContract, TState>> forget)
    {
        (_world, _host, _kind, _id, _forget) = (world, host, kind, id, forget);
        _record = new RecordWriter<TState>(world, kind.Records, id);
        _reminder = new GrainReminder(kind.Reminders, id);
        _timer = host.Clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Contract = create(this);
        _activation = (IActivation)Contract;
        Ready = _activation.Resume();
    }

    public TContract Contract { get; }

    /// <summary>Completed once the record is loaded.</summary>
    public Task Ready { get; }

    public bool Idle => _activation.Idle;

    public TimeProvider Clock => _host.Clock;

    public string Node => _host.Name;

    public bool IsAlive(string node) => _world.Cluster.Alive.Any(other => other.Name == node);

    public async Task<TState?> Load()
    {
        var state = await _record.Load();
        _needsReminder = state is not null && _kind.NeedsReminder(state);
        return state;
    }

    public async Task Write(TState state, bool unfinished)
    {
        var needed = _needsReminder;
        _needsReminder = unfinished && _kind.NeedsReminder(state);
        if (_needsReminder && !_reminder.Registered && !await _reminder.Register(Reminders.Period) && !needed)
            throw new IOException("Work that nothing would revive was not begun.");
        await _record.Write(state);
        if (!unfinished && !_kind.KeepsReminder)
            _ = _reminder.Remove();
    }

    public void Arm(DateTimeOffset? due)
    {
        if (due == _armed)
            return;
        _armed = due;
        var wait = due - Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        if (wait > RestMin && _kind.DeactivatesWhileWaiting)
        {
            _ = _reminder.Register(wait.Value);
            wait = null;
        }

        if (wait < TimeSpan.Zero)
            wait = TimeSpan.Zero;
        _timer.Change(wait ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Drop()
    {
        _world.Note("drop", _id);
        _timer.Dispose();
        _forget(this);
        _ = Run("revive", () => _world.Network.Call(
            _host, () => _world.Cluster.For(_kind.Name, _id), "revive", _id, host => Revive(host)));
    }

    public async Task ReceiveReminder(bool reminded)
    {
        if (reminded)
            _reminder.Found();
        await _activation.OnDue();
        if (!_activation.Idle || !_reminder.Registered)
            return;
        var current = await _record.IsCurrent();
        if (!_activation.Idle)
            return;
        if (current)
            await _reminder.Remove();
        else
            Drop();
    }

    private async Task<bool> Revive(Host host)
    {
        await _kind.On(host).Revive(_id, reminded: false);
        return true;
    }

    private void Fire()
    {
        _armed = null;
        if (_needsReminder && !_reminder.Registered)
            _ = _reminder.Register(Reminders.Period);
        _ = Run("tick", _activation.OnDue);
    }

    private async Task Run(string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure)
        {
            _world.Note($"{what} failed", _id, 0, failure.Message);
        }
    }
}
