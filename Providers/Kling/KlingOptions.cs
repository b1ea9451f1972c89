namespace TryOn.Providers.Kling;

/// <summary>Section <c>TryOn:Providers:Kling</c>.</summary>
public sealed class KlingOptions
{
    public const string Section = "TryOn:Providers:Kling";

    /// <summary>Where the API lives. Default: https://api-singapore.klingai.com, for servers outside China.</summary>
    public string BaseUrl { get; set; } = "https://api-singapore.klingai.com";

    /// <summary>A static key; preferred over the pair below when both are given. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Names the account in signed tokens; needs <see cref="SecretKey"/>. Default: none.</summary>
    public string? AccessKey { get; set; }

    /// <summary>Signs the tokens; needs <see cref="AccessKey"/>. Default: none.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The upstream's own model id. Default: kolors-virtual-try-on-v1-5.</summary>
    public string ModelId { get; set; } = "kolors-virtual-try-on-v1-5";

    /// <summary>The longest one call may take. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Tasks the account's pack runs at once. Default: 5.</summary>
    public int ConcurrencyMax { get; set; } = 5;

    /// <summary>From the submit to the first poll; tasks take about 30 seconds. Default: 20 seconds.</summary>
    public TimeSpan FirstPoll { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Between later polls, which the upstream neither limits nor bills. Default: 3 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// What Kling signs its callbacks with, as made in its console (<c>whsec_…</c>): unsigned ones are then refused.
    /// Default: none, an address that only Kling was told is enough.
    /// </summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Whether there is something to authenticate with. Default: false, until a key is given.</summary>
    public bool Configured => !string.IsNullOrEmpty(ApiKey) || Paired;

    internal bool Paired => !string.IsNullOrEmpty(AccessKey) && !string.IsNullOrEmpty(SecretKey);
}
