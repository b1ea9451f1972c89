using System.Collections.Concurrent;

namespace TryOn.Api.Tests.Canaries;

/// <summary>Recorded texts, with the place where each was seen.</summary>
internal class Transcript
{
    private const int Around = 60;

    private readonly ConcurrentQueue<(string What, string Said)> _said = new();

    public void Add(string what, string said) => _said.Enqueue((what, said));

    /// <summary>The places where one of these words occurs.</summary>
    public IEnumerable<string> Leaks(params string[] words) =>
        from line in _said
        from word in words
        let at = line.Said.IndexOf(word, StringComparison.OrdinalIgnoreCase)
        where at >= 0
        let start = Math.Max(0, at - Around)
        select $"{line.What}: "
            + $"...{line.Said.AsSpan(start, Math.Min(line.Said.Length - start, at - start + word.Length + Around))}...";
}
