using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TryOn.Api.Limits;
using TryOn.Core.Errors;

namespace TryOn.Api.Progress;

/// <summary>
/// Limits how many streams each account has open at this front end. An open stream costs memory whether it is read or
/// not, so no single account may use up a front end.
/// </summary>
public sealed class StreamPermits(IOptions<LimitOptions> limits)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> _open = new();

    public Error Full => new(
        ErrorCode.ConcurrencyLimited,
        $"The account has {limits.Value.StreamsMax} streams open, as many as it may. Close one, or poll the job.",
        RetryAfter: RetryAfter);

    /// <summary>
    /// Returns a permit, to be disposed when the stream ends; null when the account has used up its own.
    /// </summary>
    public IDisposable? Acquire(string accountId)
    {
        while (true)
        {
            var open = _open.GetOrAdd(accountId, 0);
            if (open >= limits.Value.StreamsMax)
                return null;
            if (_open.TryUpdate(accountId, open + 1, open))
                return new Permit(this, accountId);
        }
    }

    /// <summary>Removes an account's entry with its last stream.</summary>
    private void Release(string accountId)
    {
        while (_open.TryGetValue(accountId, out var open))
        {
            if (open > 1
                ? _open.TryUpdate(accountId, open - 1, open)
                : _open.TryRemove(new KeyValuePair<string, int>(accountId, open)))
            {
                return;
            }
        }
    }

    private sealed class Permit(StreamPermits permits, string accountId) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
                permits.Release(accountId);
        }
    }
}
