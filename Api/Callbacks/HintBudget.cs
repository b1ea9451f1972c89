namespace TryOn.Api.Callbacks;

/// <summary>
/// How often an attempt may be hinted at. Each hint is a question to its upstream, and whoever has the attempt's address
/// could else have it asked without end. Kept in memory, for the attempts that were hinted at last.
/// </summary>
public sealed class HintBudget
{
    /// <summary>More than an upstream has news of one task, repeats included.</summary>
    public const int HintsMax = 8;

    public const int AttemptsMax = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _hints = [];
    private readonly Queue<string> _oldest = new();

    public bool Take(string attemptId)
    {
        lock (_lock)
        {
            if (!_hints.TryGetValue(attemptId, out var count))
                Remember(attemptId);
            if (count >= HintsMax)
                return false;
            _hints[attemptId] = count + 1;
            return true;
        }
    }

    private void Remember(string attemptId)
    {
        if (_oldest.Count == AttemptsMax)
            _hints.Remove(_oldest.Dequeue());
        _oldest.Enqueue(attemptId);
    }
}
