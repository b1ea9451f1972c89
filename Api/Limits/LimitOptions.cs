namespace TryOn.Api.Limits;

/// <summary>Limits of a single request. Section <c>TryOn:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Largest request body in bytes: two 10 MB pictures as base64, and some room. Default: 40 MiB.</summary>
    public long RequestBytesMax { get; set; } = 40 * 1024 * 1024;

    /// <summary>
    /// How many requests may have their pictures in memory at once; sixteen times as many may wait. Default: 64.
    /// </summary>
    public int IntakesMax { get; set; } = 64;

    /// <summary>How long a job may take before it fails and its credits are returned. Default: 10 minutes.</summary>
    public TimeSpan JobDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long <c>POST /tryon</c> with a sync model waits for the picture before it answers 202. Default: 100 seconds.
    /// </summary>
    public TimeSpan SyncWait { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Longest silence of a stream or a waiting answer before it sends a sign of life. Default: 5 seconds.
    /// </summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many progress streams, over SSE and WebSocket, one account may have open at this front end. Default: 1000.
    /// </summary>
    public int StreamsMax { get; set; } = 1000;

    /// <summary>
    /// How long a waiting JSON answer stays silent. After that, blanks keep the connection open, and the status is 200
    /// whatever the job's outcome. Default: 30 seconds.
    /// </summary>
    public TimeSpan KeepAliveAfter { get; set; } = TimeSpan.FromSeconds(30);
}
