using System.Collections.Concurrent;
using TryOn.Embedded.Storage;

namespace TryOn.Embedded.Turns;

/// <summary>All activations of one kind that are in memory, at most one a key.</summary>
internal sealed class Slots<TActivation>(
    Func<GrainKey, Slot<TActivation>, Task<TActivation>> create, Func<GrainKey, TActivation, bool> idle, TimeProvider clock)
    where TActivation : class
{
    private readonly ConcurrentDictionary<GrainKey, Slot<TActivation>> _slots = new();

    public int Count => _slots.Count;

    public bool Holds(GrainKey key) => _slots.TryGetValue(key, out var slot) && !slot.Closed;

    public Task<T> Run<T>(GrainKey key, Func<TActivation, Task<T>> call)
    {
        while (true)
        {
            var slot = _slots.GetOrAdd(
                key, static (key, self) => new Slot<TActivation>(slot => self.Create(key, slot), self.Clock), this);
            if (slot.TryRun(call, out var result))
                return result;
            Remove(key, slot);
        }
    }

    public async Task CollectIdle(TimeSpan idleAge)
    {
        foreach (var (key, slot) in _slots)
        {
            if (await slot.TryLeave(idleAge, activation => idle(key, activation)))
                Remove(key, slot);
        }
    }

    private TimeProvider Clock { get; } = clock;

    private Task<TActivation> Create(GrainKey key, Slot<TActivation> slot) => create(key, slot);

    private void Remove(GrainKey key, Slot<TActivation> slot) =>
        _slots.TryRemove(new KeyValuePair<GrainKey, Slot<TActivation>>(key, slot));
}
