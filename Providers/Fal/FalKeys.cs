using Microsoft.Extensions.Logging;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// What FAL's callbacks are checked against: fetched when one needs it, in one fetch for all who wait, and kept for a day,
/// which is as long as FAL allows. Without keys no callback is believed. That costs little, since a job that is not told
/// asks by itself a few seconds later; to believe all of them would leave the check to whoever can cut the way to the keys.
/// </summary>
public sealed partial class FalKeys(FalOptions options, TimeProvider time, HttpMessageInvoker http, ILogger<FalKeys> logger)
{
    /// <summary>
    /// A signature of no known key is a forgery, or the first of a new key. So it has the keys fetched, and however many
    /// come, no oftener than this.
    /// </summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(24);

    private const int BodyBytesMax = 64 * 1024;

    /// <summary>FAL waits 15 seconds for the answer to its callback.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly UpstreamHttp _http = new(http, time, BodyBytesMax);
    private readonly Lock _lock = new();
    private FalKeySet _keys = FalKeySet.Empty;
    private long _fetchedAt;
    private long _askedAt;
    private Task? _fetch;

    public async Task<bool> Signed(byte[] message, byte[] signature, CancellationToken cancellation)
    {
        var known = Known();
        if (known.Signed(message, signature))
            return true;
        await Fetched().WaitAsync(cancellation);
        return Known() is var newer && newer != known && newer.Signed(message, signature);
    }

    private FalKeySet Known()
    {
        lock (_lock)
            return time.GetElapsedTime(_fetchedAt) < AgeMax ? _keys : FalKeySet.Empty;
    }

    /// <summary>The fetch that is under way, or the last one where it is too early for another.</summary>
    private Task Fetched()
    {
        lock (_lock)
        {
            if (_fetch is null || (_fetch.IsCompleted && time.GetElapsedTime(_askedAt) >= Pause))
                (_askedAt, _fetch) = (time.GetTimestamp(), Fetch());
            return _fetch;
        }
    }

    /// <summary>For all who wait, so none of them can cancel it. What was known stays in force when it fails.</summary>
    private async Task Fetch()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.WebhookKeysUrl));
        var answer = await _http.Send(request, Timeout, CancellationToken.None);
        if (answer is not UpstreamAnswer.Answered { Succeeded: true } answered || FalKeySet.Read(answered.Body) is not { } keys)
        {
            LogMissing(logger, Reason(answer));
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
        Message = "The keys of FAL's callbacks were not to be had ({Reason}): what no known key signed is refused, and its job polled")]
    private static partial void LogMissing(ILogger logger, string reason);
}
