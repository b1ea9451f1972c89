namespace TryOn.Sandbox.Settings;

/// <summary>Settings of the stand-in upstreams: credentials, latencies and limits. Section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Default port of a sandbox that runs as a process of its own.</summary>
    public const int ProcessPort = 5081;

    /// <summary>Port on 127.0.0.1; 0 for any free one. Default: 0 when embedded, 5081 as a process.</summary>
    public int? Port { get; set; }

    /// <summary>Divisor of all latencies; 1000 answers almost at once. Default: 1.</summary>
    public double Speed { get; set; } = 1.0;

    /// <summary>The static bearer key that Kling accepts. Default: sandbox-kling-key.</summary>
    public string KlingApiKey { get; set; } = "sandbox-kling-key";

    /// <summary>The <c>iss</c> of a Kling JWT. Default: sandbox-kling-access.</summary>
    public string KlingAccessKey { get; set; } = "sandbox-kling-access";

    /// <summary>The key that a Kling JWT is signed with. Default: sandbox-kling-secret.</summary>
    public string KlingSecretKey { get; set; } = "sandbox-kling-secret";

    /// <summary>
    /// The secret that Kling's callbacks are signed with, as <c>whsec_</c> and base64. Default: none, not signed.
    /// </summary>
    public string? KlingWebhookSecret { get; set; }

    /// <summary>The <c>x-goog-api-key</c> that Gemini accepts. Default: sandbox-gemini-key.</summary>
    public string GeminiApiKey { get; set; } = "sandbox-gemini-key";

    /// <summary>The bearer key that OpenAI accepts. Default: sandbox-openai-key.</summary>
    public string OpenAIApiKey { get; set; } = "sandbox-openai-key";

    /// <summary>
    /// The key that FAL accepts after <c>Key</c> in the Authorization header. Default: sandbox-fal-key.
    /// </summary>
    public string FalApiKey { get; set; } = "sandbox-fal-key";

    /// <summary>The bearer key that FASHN accepts. Default: sandbox-fashn-key.</summary>
    public string FashnApiKey { get; set; } = "sandbox-fashn-key";

    /// <summary>Time from a Kling submit to its end, before <see cref="Speed"/> applies. Default: 20 seconds.</summary>
    public TimeSpan KlingLatency { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Time from a Gemini request to its answer, before <see cref="Speed"/> applies. Default: 8 seconds.
    /// </summary>
    public TimeSpan GeminiLatency { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Time from an OpenAI request to its answer, before <see cref="Speed"/> applies. Default: 12 seconds.
    /// </summary>
    public TimeSpan OpenAILatency { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>Time from a FAL submit to its end, before <see cref="Speed"/> applies. Default: 8 seconds.</summary>
    public TimeSpan FalLatency { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Time from a FASHN run to its end, before <see cref="Speed"/> applies. Default: 8 seconds.</summary>
    public TimeSpan FashnLatency { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Maximum number of concurrent Kling tasks; more are answered with 429/1303. 0 means no limit. Default: 0.
    /// </summary>
    public int KlingConcurrency { get; set; }

    /// <summary>
    /// Path of an append-only file with one JSON line per submit; null keeps the lines in memory. Default: null.
    /// </summary>
    public string? LogPath { get; set; }

    /// <summary>Bytes of pictures to keep; when exceeded, the oldest results answer 404. Default: 512 MB.</summary>
    public long PictureBytesMax { get; set; } = 512L * 1024 * 1024;

    public TimeSpan Scaled(TimeSpan latency) => latency / Speed;
}
