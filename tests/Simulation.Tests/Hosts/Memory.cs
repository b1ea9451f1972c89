using TryOn.Engine;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>An activation in memory: its contract, and how its host takes it up and wakes it.</summary>
internal sealed record Slot<TContract>(TContract Contract, Func<Task> TakeUp, Func<Task> OnDue);

/// <summary>The activations of one kind that a host has in memory, one a record. Another host may have one of the same.</summary>
internal sealed class Memory<TContract, TState>(
    World world, Host host, Records<TState> records, Func<RecordPort<TState>, Slot<TContract>> create)
    where TContract : class
    where TState : class
{
    private readonly Dictionary<string, (Slot<TContract> Slot, Task Ready)> _slots = [];

    public async Task<Slot<TContract>> Get(string id)
    {
        if (!_slots.TryGetValue(id, out var entry))
            entry = _slots[id] = Create(id);
        try
        {
            await entry.Ready;
            return entry.Slot;
        }
        catch when (_slots.TryGetValue(id, out var held) && held.Slot == entry.Slot)
        {
            _slots.Remove(id);
            throw;
        }
    }

    /// <summary>What a reminder does, or a process that starts.</summary>
    public async Task Wake(string id)
    {
        try
        {
            await (await Get(id)).OnDue();
        }
        catch (Exception failure)
        {
            world.Note("wake failed", id, 0, failure.Message);
        }
    }

    private (Slot<TContract> Slot, Task Ready) Create(string id)
    {
        Slot<TContract>? slot = null;
        var port = new RecordPort<TState>(world, host, records, id, () => slot!.OnDue(), () => Drop(id, slot!));
        slot = create(port);
        return (slot, slot.TakeUp());
    }

    private void Drop(string id, Slot<TContract> slot)
    {
        if (_slots.TryGetValue(id, out var held) && held.Slot == slot)
            _slots.Remove(id);
    }
}

/// <summary>What an activation is given by its host.</summary>
internal sealed class RecordPort<TState>(
    World world, Host host, Records<TState> records, string id, Func<Task> onDue, Action drop) : IActivationHost<TState>
    where TState : class
{
    private readonly RecordWriter<TState> _writer = new(world, records, id);
    private ITimer? _timer;
    private DateTimeOffset? _armed;

    public string Id => id;

    public TimeProvider Clock => host.Clock;

    public string? Node => world.Traits.Cluster ? host.Name : null;

    public bool Lives(string node) => world.Cluster.Alive.Any(other => other.Name == node);

    public Task<TState?> Load() => _writer.Load();

    public Task Write(TState state, bool unfinished) => _writer.Write(state, unfinished);

    public void Arm(DateTimeOffset? due)
    {
        if (due == _armed)
            return;
        _armed = due;
        var wait = due - host.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1) ?? Timeout.InfiniteTimeSpan;
        wait = due is not null && wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        _timer ??= host.Clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    public void Drop()
    {
        world.Note("drop", id);
        _timer?.Dispose();
        drop();
    }

    private void Fire()
    {
        _armed = null;
        _ = Run();
    }

    private async Task Run()
    {
        try
        {
            await onDue();
        }
        catch (Exception failure)
        {
            world.Note("tick failed", id, 0, failure.Message);
        }
    }
}
