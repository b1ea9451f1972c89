namespace TryOn.Simulation.Tests.Hosts;

/// <summary>
/// The hosts of a world. Each record has a host that its calls and reminders go to. A single host resumes whatever has
/// a reminder when it starts.
/// </summary>
internal sealed class Cluster(World world)
{
    private static readonly TimeSpan CrashInterval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(string Kind, string Id), int> _homes = [];
    private Host[] _hosts = [];
    private int _started;

    public IEnumerable<Host> Alive => _hosts.Where(host => host.Alive);

    public void Begin()
    {
        _hosts = [.. Enumerable.Range(0, world.Traits.Cluster ? world.Random.Between(2, 3) : 1).Select(_ => Create())];
        world.Timeline.After(CrashInterval, null, Trouble);
    }

    /// <summary>Ends all faults. A single host is restarted once more.</summary>
    public void Calm()
    {
        for (var index = 0; index < _hosts.Length; index++)
        {
            _hosts[index].PausedUntil = default;
            if (!world.Traits.Cluster && _hosts[index].Alive)
                _hosts[index].Die();
            if (!_hosts[index].Alive)
                Start(index);
        }
    }

    /// <summary>Null when no host is alive.</summary>
    public Host? For(string kind, string id)
    {
        var alive = Alive.ToArray();
        if (alive.Length == 0)
            return null;
        if (world.Fault(world.Traits.MisroutedCalls))
            return world.Random.Pick<Host>(alive);
        // The directory may lose the location of a record. Then two hosts have the record while both are called.
        var moved = world.Fault(world.Traits.MisroutedCalls);
        if (moved || !_homes.TryGetValue((kind, id), out var home) || !_hosts[home].Alive)
            home = _homes[(kind, id)] = Array.IndexOf(_hosts, world.Random.Pick<Host>(alive));
        return _hosts[home];
    }

    /// <summary>Called when an activation has left a host's memory; the next one may be on any host.</summary>
    public void Left(string kind, string id, Host host)
    {
        if (_homes.TryGetValue((kind, id), out var home) && _hosts[home] == host)
            _homes.Remove((kind, id));
    }

    public Host? Any() => Alive.ToArray() is { Length: > 0 } alive ? world.Random.Pick<Host>(alive) : null;

    private Host Create() => new(world, $"host-{++_started}");

    private void Trouble()
    {
        if (!world.Stormy)
            return;
        var index = world.Random.Next(_hosts.Length);
        var host = _hosts[index];
        if (host.Alive && world.Fault(world.Traits.Crashes))
        {
            host.Die();
            world.Timeline.After(world.Random.Milliseconds(10, 12_000), null, () => Start(index));
        }
        else if (host.Alive && world.Fault(world.Traits.Pauses))
        {
            host.PausedUntil = world.Timeline.Now + world.Random.Milliseconds(500, 40_000);
            world.Note("pause", host.Name, host.PausedUntil.Ticks);
        }
        else if (world.Traits.Skew > TimeSpan.Zero)
        {
            // Set forward or back, but never further from the other clocks than the rules allow.
            host.Clock.Offset = world.Traits.Skew * (world.Random.Next(1000) / 1000.0);
        }

        world.Timeline.After(CrashInterval * (world.Random.Between(1, 1000) / 500.0), null, Trouble);
    }

    private void Start(int index)
    {
        if (_hosts[index].Alive)
            return;
        var host = _hosts[index] = Create();
        world.Note("start", host.Name);
        if (!world.Traits.Cluster)
            world.Timeline.After(TimeSpan.Zero, host, () => world.Resume(host));
    }
}
