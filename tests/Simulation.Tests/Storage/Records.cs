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

    public string[] Unfinished() => [.. _records.Where(record => record.Value.Unfinished).Select(record => record.Key)];

    public string[] Reminded() => [.. _records.Where(record => record.Value.Reminded).Select(record => record.Key)];

    public void Remind(string id, bool wanted)
    {
        if (_records.TryGetValue(id, out var record))
            _records[id] = record with { Reminded = wanted };
    }

    /// <summary>Null when somebody else has written since.</summary>
    public long? Commit(string id, long version, TState state, bool unfinished)
    {
        var before = Find(id);
        if ((before?.Version ?? 0) != version && world.Bug != Bug.NoCompareAndSwap)
        {
            world.Note("conflict", id, version);
            return null;
        }

        var next = (before?.Version ?? 0) + 1;
        _records[id] = new Record(state, next, unfinished, before?.Reminded ?? false);
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

    /// <param name="Reminded">Whether reminders wake it.</param>
    internal sealed record Record(TState State, long Version, bool Unfinished, bool Reminded);
}
