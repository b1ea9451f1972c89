using Microsoft.Extensions.Logging;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// The keys that FAL's callbacks are verified with. They are fetched when first needed, in a single fetch for all
/// waiting callbacks, and cached for a day, the longest FAL allows. Without keys every callback is rejected. That costs
/// little, since the job polls a few seconds later anyway; accepting them unverified would let anyone who can block the
/// keys bypass the check.
/// </summary>
public sealed partial class FalKeys(
    FalOptions options, TimeProvider time, HttpMessageInvoker http, ILogger<FalKeys> logger)
{
    /// <summary>
    /// Shortest time between two fetches. A signature of an unknown key is forged or made with a new key, so it causes
    /// a fetch, but however many arrive, no more often than this.
    /// </summary>
    public static readonly TimeSpan FetchInterval = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(24);

    private const int BodyBytesMax = 64 * 1024;

    /// <summary>FAL waits 15 seconds for the response to its callback.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly UpstreamHttp _http = new(http, time, BodyBytesMax);
    private readonly Lock _lock = new();
    private FalKeySet _keys = FalKeySet.Empty;
    private long _fetchedAt;
    private long _fetchStartedAt;
    private Task? _fetch;

    public async Task<bool> Verify(byte[] message, byte[] signature, CancellationToken cancellation)
    {
        var known = CurrentKeys();
        if (known.Verify(message, signature))
            return true;
        await EnsureFetched().WaitAsync(cancellation);
        return CurrentKeys() is var newer && newer != known && newer.Verify(message, signature);
    }

    private FalKeySet CurrentKeys()
    {
        lock (_lock)
            return time.GetElapsedTime(_fetchedAt) < AgeMax ? _keys : FalKeySet.Empty;
    }

    /// <summary>The fetch in progress, or the last one if it is too early for another.</summary>
    private Task EnsureFetched()
    {
        lock (_lock)
        {
            if (_fetch is null || (_fetch.IsCompleted && time.GetElapsedTime(_fetchStartedAt) >= FetchInterval))
                (_fetchStartedAt, _fetch) = (time.GetTimestamp(), Fetch());
            return _fetch;
        }
    }

    /// <summary>
    /// Fetches the keys. All waiting callbacks share the fetch, so none of them can cancel it. If it fails, the known
    /// keys stay in use.
    /// </summary>
    private async Task Fetch()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.WebhookKeysUrl));
        var answer = await _http.Send(request, Timeout, CancellationToken.None);
        if (answer is not UpstreamAnswer.Answered { Succeeded: true } answered
            || FalKeySet.Read(answered.Body) is not { } keys)
        {
            LogFetchFailed(logger, Reason(answer));
            return;
        }

        lock (_lock)
            (_keys, _fetchedAt) = (keys, time.GetTimestamp());
    }

    private static string Reason(UpstreamAnswer answer) => answer switch
    {
        UpstreamAnswer.Answered { Succeeded: true } => "no_key",
        UpstreamAnswer.Answered answered => $"{answered.Status}",
        UpstreamAnswer.Lost lost => lost.Reason,
        _ => "unreachable",
    };

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The keys of FAL's callbacks could not be fetched ({Reason}). Callbacks that no known key signed are "
            + "rejected, and their jobs are polled instead")]
    private static partial void LogFetchFailed(ILogger logger, string reason);
}
