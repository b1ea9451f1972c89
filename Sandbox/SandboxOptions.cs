namespace TryOn.Sandbox;

/// <summary>What the stand-in upstreams accept and how long they take. Configuration section <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>The port of a sandbox that is a process of its own and was told nothing else.</summary>
    public const int ProcessPort = 5081;

    /// <summary>The port on 127.0.0.1; 0 is any free one. Default: 0 inside another host, 5081 as a process.</summary>
    public int? Port { get; set; }

    /// <summary>Latencies are divided by it: 1000 answers nearly at once. Default: 1.</summary>
    public double Speed { get; set; } = 1.0;

    /// <summary>The static bearer key that Kling accepts. Default: sandbox-kling-key.</summary>
    public string KlingApiKey { get; set; } = "sandbox-kling-key";

    /// <summary>The <c>iss</c> of a Kling JWT. Default: sandbox-kling-access.</summary>
    public string KlingAccessKey { get; set; } = "sandbox-kling-access";

    /// <summary>What a Kling JWT is signed with. Default: sandbox-kling-secret.</summary>
    public string KlingSecretKey { get; set; } = "sandbox-kling-secret";

    /// <summary>What Kling's callbacks are signed with, as <c>whsec_</c> and base64. Default: none, they are not signed.</summary>
    public string? KlingWebhookSecret { get; set; }

    /// <summary>The <c>x-goog-api-key</c> that Gemini accepts. Default: sandbox-gemini-key.</summary>
    public string GeminiApiKey { get; set; } = "sandbox-gemini-key";

    /// <summary>The bearer key that OpenAI accepts. Default: sandbox-openai-key.</summary>
    public string OpenAIApiKey { get; set; } = "sandbox-openai-key";

    /// <summary>What stands behind <c>Key</c> for FAL. Default: sandbox-fal-key.</summary>
    public string FalApiKey { get; set; } = "sandbox-fal-key";

    /// <summary>The bearer key that FASHN accepts. Default: sandbox-fashn-key.</summary>
    public string FashnApiKey { get; set; } = "sandbox-fashn-key";

    /// <summary>From a Kling submit to its end, before <see cref="Speed"/>. Default: 20 seconds.</summary>
    public TimeSpan KlingLatency { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>From a Gemini request to its answer, before <see cref="Speed"/>. Default: 8 seconds.</summary>
    public TimeSpan GeminiLatency { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>From an OpenAI request to its answer, before <see cref="Speed"/>. Default: 12 seconds.</summary>
    public TimeSpan OpenAILatency { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>From a FAL submit to its end, before <see cref="Speed"/>. Default: 8 seconds.</summary>
    public TimeSpan FalLatency { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>From a FASHN run to its end, before <see cref="Speed"/>. Default: 8 seconds.</summary>
    public TimeSpan FashnLatency { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Kling tasks that may run at once, over it 429/1303; 0 is no limit. Default: 0.</summary>
    public int KlingConcurrency { get; set; }

    /// <summary>An append-only file with one JSON line per submit; null keeps them in memory. Default: null.</summary>
    public string? LogPath { get; set; }

    /// <summary>Bytes of pictures kept; the oldest results beyond it answer 404. Default: 512 MB.</summary>
    public long PictureBytesMax { get; set; } = 512L * 1024 * 1024;

    public TimeSpan Scaled(TimeSpan latency) => latency / Speed;
}
