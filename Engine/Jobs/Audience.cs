using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>
/// Who listens to what, by name. Coming and going cost the same however many listen: thousands watch one job, and all of
/// them leave when it ends.
/// </summary>
internal sealed class Audience
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<Listener>> _listeners = new(StringComparer.Ordinal);

    public void Add(string name, Listener listener)
    {
        lock (_lock)
        {
            if (!_listeners.TryGetValue(name, out var all))
                _listeners.Add(name, all = []);
            all.Add(listener);
        }
    }

    public void Remove(string name, Listener listener)
    {
        lock (_lock)
        {
            if (_listeners.TryGetValue(name, out var all) && all.Remove(listener) && all.Count == 0)
                _listeners.Remove(name);
        }
    }

    public void Tell(string name, JobView job)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.GetValueOrDefault(name) ?? [])
                listener.Offer(job);
        }
    }
}

internal abstract class Listener(Audience audience, string name) : IJobSubscription
{
    /// <summary>Called in the middle of the job's own work, so it only puts down what somebody else takes up.</summary>
    public abstract void Offer(JobView job);

    public abstract ValueTask<JobView> Next(CancellationToken cancellation);

    public void Dispose() => audience.Remove(name, this);
}
