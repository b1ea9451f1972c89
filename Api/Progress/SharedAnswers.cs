using System.Collections.Concurrent;

namespace TryOn.Api.Progress;

/// <summary>
/// One question for all who ask the same within a moment: thousands of watchers share a few keys and jobs, and none of
/// them needs an answer of its own.
/// </summary>
/// <param name="fresh">How old an answer may be.</param>
public sealed class SharedAnswers<T>(TimeProvider clock, TimeSpan fresh)
{
    private static readonly TimeSpan SweepAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Answer> _answers = new();
    private long _swept = clock.GetTimestamp();

    public int Count => _answers.Count;

    public Task<T> Get(string about, Func<Task<T>> ask)
    {
        if (_answers.TryGetValue(about, out var known) && clock.GetElapsedTime(known.At) < fresh)
            return known.Given;
        Sweep();
        // Two who come at the very same time both ask, which costs little.
        var answer = new Answer(clock.GetTimestamp(), ask());
        _answers[about] = answer;
        return answer.Given;
    }

    private void Sweep()
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref _swept)) < SweepAfter)
            return;
        Interlocked.Exchange(ref _swept, clock.GetTimestamp());
        foreach (var old in _answers.Where(answer => clock.GetElapsedTime(answer.Value.At) >= fresh))
            _answers.TryRemove(old);
    }

    private sealed record Answer(long At, Task<T> Given);
}
