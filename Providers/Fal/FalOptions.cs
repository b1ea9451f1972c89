using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>Section <c>TryOn:Providers:Fal</c>.</summary>
public sealed class FalOptions
{
    public const string Section = "TryOn:Providers:Fal";

    /// <summary>Where the queue lives. Default: https://queue.fal.run.</summary>
    public string BaseUrl { get; set; } = "https://queue.fal.run";

    /// <summary>Where past requests are listed, without its version. Default: https://api.fal.ai.</summary>
    public string HistoryUrl { get; set; } = "https://api.fal.ai";

    /// <summary>
    /// Where the keys are published that FAL signs its callbacks with. Default: https://rest.fal.ai/.well-known/jwks.json.
    /// </summary>
    public string WebhookKeysUrl { get; set; } = "https://rest.fal.ai/.well-known/jwks.json";

    /// <summary>The account's key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The endpoint behind fal/flux-kontext. Default: fal-ai/flux-pro/kontext/multi.</summary>
    public string ModelId { get; set; } = "fal-ai/flux-pro/kontext/multi";

    /// <summary>The endpoint behind Kling's model. Default: fal-ai/kling/v1-5/kolors-virtual-try-on.</summary>
    public string KlingModelId { get; set; } = "fal-ai/kling/v1-5/kolors-virtual-try-on";

    /// <summary>What pictures may show, from 1, strict, to 6. Default: 2.</summary>
    public int SafetyTolerance { get; set; } = 2;

    /// <summary>The longest one call may take. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests in the queue at once; a new account runs two of them. Default: 10.</summary>
    public int ConcurrencyMax { get; set; } = 10;

    /// <summary>From the submit to the first poll. Default: 5 seconds.</summary>
    public TimeSpan FirstPoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Between later polls. Default: 2 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a request may be missing from the history although it was taken. No figure is published. Default: 60 seconds.
    /// </summary>
    public TimeSpan HistoryLag { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Sent when the caller gave no prompt. Default: asks to dress the person of the first picture in the others.</summary>
    public string DefaultPrompt { get; set; } = TryOnPrompt.Default;

    /// <summary>Whether there is something to authenticate with. Default: false, until a key is given.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey);
}
