using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>Section <c>TryOn:Providers:Fal</c>.</summary>
public sealed class FalOptions
{
    public const string Section = "TryOn:Providers:Fal";

    /// <summary>Base address of the queue. Default: https://queue.fal.run.</summary>
    public string BaseUrl { get; set; } = "https://queue.fal.run";

    /// <summary>Base address of the list of past requests, without its version. Default: https://api.fal.ai.</summary>
    public string HistoryUrl { get; set; } = "https://api.fal.ai";

    /// <summary>
    /// Address of the keys that FAL signs its callbacks with. Default: https://rest.fal.ai/.well-known/jwks.json.
    /// </summary>
    public string WebhookKeysUrl { get; set; } = "https://rest.fal.ai/.well-known/jwks.json";

    /// <summary>The account's key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The endpoint behind fal/flux-kontext. Default: fal-ai/flux-pro/kontext/multi.</summary>
    public string ModelId { get; set; } = "fal-ai/flux-pro/kontext/multi";

    /// <summary>The endpoint behind Kling's model. Default: fal-ai/kling/v1-5/kolors-virtual-try-on.</summary>
    public string KlingModelId { get; set; } = "fal-ai/kling/v1-5/kolors-virtual-try-on";

    /// <summary>Safety tolerance of the model, from 1, strictest, to 6. Default: 2.</summary>
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
    /// How long an accepted request may be missing from the history. FAL publishes no figure. Default: 60 seconds.
    /// </summary>
    public TimeSpan HistoryLag { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Prompt for requests without one. Default: asks to dress the person of the first picture in the items of the
    /// others.
    /// </summary>
    public string DefaultPrompt { get; set; } = TryOnPrompt.Default;

    /// <summary>Whether a key is configured. Default: false.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey);
}
