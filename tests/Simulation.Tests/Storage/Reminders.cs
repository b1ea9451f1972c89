using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>The reminders of one kind of grain. During the storm ticks are missed and duplicated.</summary>
internal sealed class Reminders(World world, string kind, Func<Host, IRevival> grains)
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Row> _rows = [];

    public async Task Register(string id, TimeSpan dueIn)
    {
        if (world.Bug == Bug.RemindersNotRegistered)
            return;
        await Disk.Do(world, () => world.Fault(world.Traits.WritesFailing) ? throw Disk.Unreachable() : Add(id, dueIn));
        await Disk.Do(world, () => world.Fault(world.Traits.WritesFailing) ? throw Disk.Unreachable() : true);
    }

    public Task Remove(string id) => Disk.Do(
        world, () => world.Fault(world.Traits.WritesFailing) ? throw Disk.Unreachable() : Delete(id));

    /// <summary>Fires every reminder that is due within one period, as a single silo does after its start.</summary>
    public void Resume(Host host)
    {
        foreach (var (id, row) in _rows)
        {
            if (row.StartAt <= world.Timeline.Now + Period)
                _ = grains(host).Revive(id, reminded: true);
        }
    }

    private bool Add(string id, TimeSpan dueIn)
    {
        world.Note("remind", id, dueIn.Ticks, kind);
        var row = _rows[id] = new Row(world.Timeline.Now + dueIn);
        world.Timeline.After(dueIn, null, () => Tick(id, row));
        return true;
    }

    private bool Delete(string id)
    {
        world.Note("remind no more", id, 0, kind);
        return _rows.Remove(id);
    }

    private void Tick(string id, Row row)
    {
        if (_rows.GetValueOrDefault(id) != row)
            return;
        world.Note("reminder", id, 0, kind);
        for (var ticks = world.Fault(300) ? 0 : world.Fault(100) ? 2 : 1; ticks > 0; ticks--)
        {
            if (world.Cluster.For(kind, id) is not { } host)
                continue;
            var delay = world.Random.Milliseconds(1, 2000);
            world.Timeline.After(delay, host, () => _ = grains(host).Revive(id, reminded: true));
        }

        world.Timeline.After(Period, null, () => Tick(id, row));
    }

    private sealed class Row(TimeSpan startAt)
    {
        public TimeSpan StartAt => startAt;
    }
}
