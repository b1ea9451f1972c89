using System.Collections.Concurrent;
using TryOn.Embedded.Storage;

namespace TryOn.Embedded.Turns;

/// <summary>
/// Who has left memory though it waits for something, and until when. It is the time that must pass that counts, whatever
/// the clock is set to. Nothing of it is stored: a process that starts takes everything up.
/// </summary>
internal sealed class Resting(TimeProvider clock)
{
    /// <summary>Below it a rest saves nothing.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromMinutes(5);

    /// <summary>So much before its time it is taken up, and waits for the rest of it in memory.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<GrainKey, TimeSpan> _until = new();

    public void Add(GrainKey key, TimeSpan wait) => _until[key] = clock.GetElapsedTime(0) + wait - Margin;

    /// <summary>It is in memory again, for whatever reason.</summary>
    public void Remove(GrainKey key) => _until.TryRemove(key, out _);

    public bool Holds(GrainKey key) => _until.TryGetValue(key, out var until) && clock.GetElapsedTime(0) < until;
}
