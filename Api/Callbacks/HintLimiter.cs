namespace TryOn.Api.Callbacks;

/// <summary>
/// Limits how often an attempt may be hinted at. Every hint causes a request to the upstream, so without a limit anyone
/// who knows an attempt's address could cause any number of them. Kept in memory, for the most recent attempts.
/// </summary>
public sealed class HintLimiter
{
    /// <summary>More callbacks than an upstream sends for one task, repeats included.</summary>
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
