using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TryOn.Core.Errors;

namespace TryOn.Api.Progress;

/// <summary>
/// How many streams each account has open at this front end. A stream costs some memory for as long as it is open, read
/// or not, so no single account may fill a front end with them.
/// </summary>
public sealed class StreamPlaces(IOptions<LimitOptions> limits)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> _open = new();

    public Error Full => new(
        ErrorCode.ConcurrencyLimited,
        $"The account has {limits.Value.StreamsMax} streams open, as many as it may. Close one, or poll the job.",
        RetryAfter: RetryAfter);

    /// <summary>A place, to be disposed when the stream is over; null when the account has all of its own.</summary>
    public IDisposable? Enter(string accountId)
    {
        while (true)
        {
            var open = _open.GetOrAdd(accountId, 0);
            if (open >= limits.Value.StreamsMax)
                return null;
            if (_open.TryUpdate(accountId, open + 1, open))
                return new Place(this, accountId);
        }
    }

    /// <summary>An account without streams leaves no trace here.</summary>
    private void Leave(string accountId)
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

    private sealed class Place(StreamPlaces places, string accountId) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                places.Leave(accountId);
        }
    }
}
