using TryOn.Core.Keys;

namespace TryOn.Core.Accounts;

/// <summary>An API key as its account knows it: the secret itself is shown once and never stored.</summary>
/// <param name="Hash">Keyed hash of the whole key, hex; also the key's public id.</param>
/// <param name="Label">Prefix and last four characters, for people to tell keys apart.</param>
public sealed record AccountKey(string Hash, string Label, string Name, DateTimeOffset CreatedAt, bool Disabled = false)
{
    public const int NameLengthMax = 100;
    private const int IdLength = 16;

    public KeyScopes Scopes { get; init; } = Core.Keys.Scopes.First;

    /// <summary>From then on it is refused; of a replaced key, the end of its grace.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Credits it may spend in each period of <see cref="Reset"/>; null is no limit but the balance.</summary>
    public long? Limit { get; init; }

    public LimitReset Reset { get; init; }

    public KeySpend Spend { get; init; } = KeySpend.None;

    /// <summary>Within an hour or so: use alone is no reason to write more often.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>Id of the key that took its place, and whose limit and spend now count for both.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>How statement and reservations name it.</summary>
    public string Id => IdOf(Hash);

    public static string IdOf(string hash) => hash[..Math.Min(IdLength, hash.Length)];

    public bool IsUsable(DateTimeOffset now) => !Disabled && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>Replaced, and past its grace: nobody has a use for it.</summary>
    public bool IsRetired(DateTimeOffset now) => ReplacedBy is not null && !IsUsable(now);

    /// <summary>Null without a limit. A limit that was lowered below what is spent leaves nothing.</summary>
    public long? Remaining(int day) => Limit is { } limit ? Math.Max(0, limit - Spend.Of(Reset, day)) : null;
}
