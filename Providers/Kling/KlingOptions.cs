namespace TryOn.Providers.Kling;

/// <summary>Section <c>TryOn:Providers:Kling</c>.</summary>
public sealed class KlingOptions
{
    public const string Section = "TryOn:Providers:Kling";

    /// <summary>
    /// Base address of the API. Default: https://api-singapore.klingai.com, for servers outside China.
    /// </summary>
    public string BaseUrl { get; set; } = "https://api-singapore.klingai.com";

    /// <summary>A static key; takes precedence over the pair below. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Identifies the account in signed tokens; needs <see cref="SecretKey"/>. Default: none.</summary>
    public string? AccessKey { get; set; }

    /// <summary>Signs the tokens; needs <see cref="AccessKey"/>. Default: none.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The upstream's own model id. Default: kolors-virtual-try-on-v1-5.</summary>
    public string ModelId { get; set; } = "kolors-virtual-try-on-v1-5";

    /// <summary>The longest one call may take. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Number of tasks that the account's plan runs at once. Default: 5.</summary>
    public int ConcurrencyMax { get; set; } = 5;

    /// <summary>From the submit to the first poll; tasks take about 30 seconds. Default: 20 seconds.</summary>
    public TimeSpan FirstPoll { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Between later polls, which the upstream neither limits nor bills. Default: 3 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Secret that Kling signs its callbacks with, as created in its console (<c>whsec_…</c>). If set, unsigned
    /// callbacks are rejected. Default: none; callbacks are then authenticated by their secret address.
    /// </summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Whether a key is configured. Default: false.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey) || Paired;

    internal bool Paired => !string.IsNullOrEmpty(AccessKey) && !string.IsNullOrEmpty(SecretKey);
}
