namespace TryOn.Api;

/// <summary>What one request may cost the gateway. Section <c>TryOn:Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Largest request body, in bytes: two 10 MB pictures as base64 and some room. Default: 40 MiB.</summary>
    public long RequestBytesMax { get; set; } = 40 * 1024 * 1024;

    /// <summary>
    /// How many requests may have their pictures in memory at once; sixteen times as many may wait. Default: 64.
    /// </summary>
    public int IntakesMax { get; set; } = 64;

    /// <summary>How long a job may take before it fails and its credits return. Default: 10 minutes.</summary>
    public TimeSpan JobDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long <c>POST /tryon</c> with a sync model waits for the picture before it answers 202. Default: 100 seconds.</summary>
    public TimeSpan SyncWait { get; set; } = TimeSpan.FromSeconds(100);
}
