using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>Section <c>TryOn:Providers:Gemini</c>.</summary>
public sealed class GeminiOptions
{
    public const string Section = "TryOn:Providers:Gemini";

    /// <summary>Where the API lives. Default: https://generativelanguage.googleapis.com.</summary>
    public string BaseUrl { get; set; } = "https://generativelanguage.googleapis.com";

    /// <summary>The project's API key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The upstream's own model id. Default: gemini-2.5-flash-image.</summary>
    public string ModelId { get; set; } = "gemini-2.5-flash-image";

    /// <summary>
    /// The longest one call may take. A call given up on cannot be found again and may be billed, so this is far
    /// above the usual 15 seconds. Default: 150 seconds.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(150);

    /// <summary>Calls at once. Default: 8.</summary>
    public int ConcurrencyMax { get; set; } = 8;

    /// <summary>
    /// Sent when the caller gave no prompt. The person's picture follows it, then the garments'.
    /// Default: asks to dress the person of the first picture in the garments of the others.
    /// </summary>
    public string DefaultPrompt { get; set; } = TryOnPrompt.Default;

    /// <summary>Whether there is something to authenticate with. Default: false, until a key is given.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey);
}
