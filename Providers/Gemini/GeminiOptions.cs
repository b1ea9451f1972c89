using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>Section <c>TryOn:Providers:Gemini</c>.</summary>
public sealed class GeminiOptions
{
    public const string Section = "TryOn:Providers:Gemini";

    /// <summary>Base address of the API. Default: https://generativelanguage.googleapis.com.</summary>
    public string BaseUrl { get; set; } = "https://generativelanguage.googleapis.com";

    /// <summary>The project's API key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The upstream's own model id. Default: gemini-2.5-flash-image.</summary>
    public string ModelId { get; set; } = "gemini-2.5-flash-image";

    /// <summary>
    /// The longest one call may take. An abandoned call cannot be found again and may be billed, so this is far above
    /// the usual 15 seconds. Default: 150 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>Maximum number of concurrent calls. Default: 8.</summary>
    public int ConcurrencyMax { get; set; } = 8;

    /// <summary>
    /// Prompt for requests without one. The person's picture follows it, then the garments'. Default: asks to dress the
    /// person of the first picture in the garments of the others.
    /// </summary>
    public string DefaultPrompt { get; set; } = TryOnPrompt.Default;

    /// <summary>Whether a key is configured. Default: false.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey);
}
