using TryOn.Simulation.Tests.Bugs;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// The stored records of one kind, changed by compare-and-swap on their version. A write here is a commit, which the
/// rules check at once.
/// </summary>
internal sealed class Records<TState>(World world, string kind, Action<string, TState?, TState> committed)
    where TState : class
{
    private readonly Dictionary<string, Record> _records = [];

    private TimeSpan _outUntil;

    public bool Out => world.Stormy && world.Timeline.Now < _outUntil;

    public IEnumerable<KeyValuePair<string, TState>> All =>
        _records.Select(record => KeyValuePair.Create(record.Key, record.Value.State));

    public Record? Find(string id) => _records.GetValueOrDefault(id);

    public TState? State(string id) => Find(id)?.State;

    /// <summary>The new version; null when the record was written since.</summary>
    public long? Commit(string id, long version, TState state)
    {
        var before = Find(id);
        if ((before?.Version ?? 0) != version && world.Bug != Bug.NoCompareAndSwap)
        {
            world.Note("conflict", id, version);
            return null;
        }

        var next = (before?.Version ?? 0) + 1;
        _records[id] = new Record(state, next);
        world.Note("commit", id, next, state);
        committed(id, before?.State, state);
        return next;
    }

    /// <summary>Makes the disk fail now and then for a while.</summary>
    public void FailSometimes()
    {
        if (!world.Traits.Outages || Out || !world.Fault(3))
            return;
        _outUntil = world.Timeline.Now + world.Random.Milliseconds(500, 25_000);
        world.Note("outage", kind, _outUntil.Ticks);
    }

    internal sealed record Record(TState State, long Version);
}
