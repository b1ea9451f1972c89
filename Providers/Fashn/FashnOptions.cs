namespace TryOn.Providers.Fashn;

/// <summary>Section <c>TryOn:Providers:Fashn</c>.</summary>
public sealed class FashnOptions
{
    public const string Section = "TryOn:Providers:Fashn";

    /// <summary>Base address of the API, without its version. Default: https://api.fashn.ai.</summary>
    public string BaseUrl { get; set; } = "https://api.fashn.ai";

    /// <summary>The account's API key. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The upstream's own model id. Default: tryon-v1.6.</summary>
    public string ModelId { get; set; } = "tryon-v1.6";

    /// <summary>performance, balanced or quality; the fast mode asks for performance. Default: balanced.</summary>
    public string Mode { get; set; } = "balanced";

    /// <summary>conservative, permissive or none. Default: permissive.</summary>
    public string ModerationLevel { get; set; } = "permissive";

    /// <summary>The longest one call may take. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Predictions that the account runs at once. Default: 6.</summary>
    public int ConcurrencyMax { get; set; } = 6;

    /// <summary>
    /// From the submit to the first poll; the balanced mode takes about 8 seconds. Default: 6 seconds.
    /// </summary>
    public TimeSpan FirstPoll { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Between later polls. Default: 2 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether a key is configured. Default: false.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey);
}
