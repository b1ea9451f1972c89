using TryOn.Simulation.Tests.Bugs;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// The disk: records of one kind, each changed only by who names the version it has. Whatever is written here has
/// happened, and the rules look at it at once.
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

    /// <summary>Null when somebody else has written since.</summary>
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

    /// <summary>Now and then the disk goes away for a while.</summary>
    public void Tremble()
    {
        if (!world.Traits.Outages || Out || !world.Fault(3))
            return;
        _outUntil = world.Timeline.Now + world.Dice.Milliseconds(500, 25_000);
        world.Note("outage", kind, _outUntil.Ticks);
    }

    internal sealed record Record(TState State, long Version);
}
