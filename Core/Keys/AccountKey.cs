namespace TryOn.Core.Keys;

/// <summary>An API key as stored by its account. The secret itself is shown once and never stored.</summary>
/// <param name="Hash">Keyed hash of the whole key in hex; also the key's public id.</param>
/// <param name="Label">Prefix and last four characters, by which people tell keys apart.</param>
public sealed record AccountKey(string Hash, string Label, string Name, DateTimeOffset CreatedAt, bool Disabled = false)
{
    public const int NameLengthMax = 100;
    private const int IdLength = 16;

    public KeyScopes Scopes { get; init; } = Core.Keys.Scopes.FirstKey;

    /// <summary>When the key expires; for a replaced key, the end of its grace period.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Credits the key may spend in each period of <see cref="Reset"/>; null for no limit of its own.
    /// </summary>
    public long? Limit { get; init; }

    public LimitReset Reset { get; init; }

    public KeySpend Spend { get; init; } = KeySpend.None;

    /// <summary>
    /// When the key was last used, accurate to about an hour: use alone does not justify more frequent writes.
    /// </summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Id of the key that replaced this one, whose limit and spend now count for both.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The short id used in statements and reservations.</summary>
    public string Id => IdOf(Hash);

    public static string IdOf(string hash) => hash[..Math.Min(IdLength, hash.Length)];

    public bool IsUsable(DateTimeOffset now) => !Disabled && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>True if the key was replaced and its grace period is over.</summary>
    public bool IsRetired(DateTimeOffset now) => ReplacedBy is not null && !IsUsable(now);

    /// <summary>
    /// Credits left in the current period; null without a limit. Zero if the limit was lowered below what is spent.
    /// </summary>
    public long? Remaining(int day) => Limit is { } limit ? Math.Max(0, limit - Spend.InPeriod(Reset, day)) : null;
}
