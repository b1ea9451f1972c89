using System.Collections.Concurrent;

namespace TryOn.Api.Progress;

/// <summary>
/// Caches an asynchronous answer for a short time: thousands of watchers share a few keys and jobs, and need not each
/// cause a request.
/// </summary>
/// <param name="ageMax">How long a cached answer may be used.</param>
public sealed class AnswerCache<T>(TimeProvider clock, TimeSpan ageMax)
{
    private static readonly TimeSpan SweepAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Answer> _answers = new();
    private long _swept = clock.GetTimestamp();

    public int Count => _answers.Count;

    public Task<T> Get(string key, Func<Task<T>> ask)
    {
        if (_answers.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < ageMax)
            return known.Value;
        Sweep();
        // Two callers at the same instant may both ask, which costs little.
        var answer = new Answer(clock.GetTimestamp(), ask());
        _answers[key] = answer;
        return answer.Value;
    }

    private void Sweep()
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref _swept)) < SweepAfter)
            return;
        Interlocked.Exchange(ref _swept, clock.GetTimestamp());
        foreach (var old in _answers.Where(answer => clock.GetElapsedTime(answer.Value.At) >= ageMax))
            _answers.TryRemove(old);
    }

    private sealed record Answer(long At, Task<T> Value);
}
