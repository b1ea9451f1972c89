using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>Section <c>TryOn:Providers:OpenAI</c>.</summary>
public sealed class OpenAIOptions
{
    public const string Section = "TryOn:Providers:OpenAI";

    /// <summary>Base address of the API, without its version. Default: https://api.openai.com.</summary>
    public string BaseUrl { get; set; } = "https://api.openai.com";

    /// <summary>The project's API key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The organization to bill, for a key that belongs to several. Default: none.</summary>
    public string? Organization { get; set; }

    /// <summary>The project to bill, for a key that belongs to several. Default: none.</summary>
    public string? Project { get; set; }

    /// <summary>
    /// The upstream's own model id. gpt-image-1 itself was shut down on 2026-10-23, so a successor answers for it.
    /// Default: gpt-image-2.5-sunburst.
    /// </summary>
    public string ModelId { get; set; } = "gpt-image-2.5-sunburst";

    /// <summary>Quality of a picture: low, medium, high or auto; the fast mode asks for low. Default: auto.</summary>
    public string Quality { get; set; } = "auto";

    /// <summary>
    /// How closely faces are preserved, high or low; only models up to 1.5 support it. Default: none, not sent.
    /// </summary>
    public string? InputFidelity { get; set; }

    /// <summary>
    /// The longest one call may take. An abandoned call cannot be found again and may be billed, so this is far above
    /// the usual 25 seconds. Default: 180 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>Maximum number of concurrent calls. Default: 8.</summary>
    public int ConcurrencyMax { get; set; } = 8;

    /// <summary>
    /// Prompt for requests without one. Default: asks to dress the person of the first picture in the items of the
    /// others.
    /// </summary>
    public string DefaultPrompt { get; set; } = TryOnPrompt.Default;

    /// <summary>Whether a key is configured. Default: false.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey);
}
