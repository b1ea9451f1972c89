using System.Collections.Immutable;

namespace TryOn.Core.Keys;

/// <summary>
/// An account's keys by short id, so that the key of a request or of a reservation is found directly.
/// </summary>
public sealed record KeyRing(ImmutableDictionary<string, AccountKey> ById)
{
    public const int CountMax = 100;

    public static KeyRing Empty { get; } = new(ImmutableDictionary<string, AccountKey>.Empty);

    public int Count => ById.Count;

    public IEnumerable<AccountKey> All => ById.Values;

    public AccountKey? Find(string hash) =>
        ById.GetValueOrDefault(AccountKey.IdOf(hash)) is { } key && key.Hash == hash ? key : null;

    /// <summary>
    /// The key whose limit and spend apply to this one: the newest key that replaced it, or the key itself.
    /// </summary>
    public AccountKey? BudgetKey(string id) => ById.GetValueOrDefault(id) is { } key
        ? key.ReplacedBy is { } newest ? ById.GetValueOrDefault(newest, key) : key
        : null;

    /// <summary>
    /// The key with the scopes it may use now; null if it may not be used. During its grace period a replaced key is
    /// limited to its successor's scopes, and disabling the successor disables both.
    /// </summary>
    public AccountKey? Usable(string id, DateTimeOffset now) =>
        ById.GetValueOrDefault(id) is { } key && key.IsUsable(now)
        && BudgetKey(id) is { } newest && newest.IsUsable(now)
            ? key with { Scopes = key.Scopes & newest.Scopes }
            : null;

    public KeyRing With(AccountKey key) => new(ById.SetItem(key.Id, key));

    /// <summary>Removes this key and those it replaced, which are one key to their owner.</summary>
    public KeyRing Without(string hash)
    {
        var id = AccountKey.IdOf(hash);
        return new(ById.Remove(id).RemoveRange(ById.Values.Where(key => key.ReplacedBy == id).Select(key => key.Id)));
    }

    /// <summary>Replaces a key by the next one, which takes over its spend and the keys it had replaced.</summary>
    public KeyRing Rotate(string hash, AccountKey next, DateTimeOffset graceEndsAt)
    {
        if (Find(hash) is not { } old)
            return With(next);
        var replaced = ById.Values.Where(key => key.ReplacedBy == old.Id).Append(old with
        {
            ExpiresAt = old.ExpiresAt < graceEndsAt ? old.ExpiresAt : graceEndsAt,
            Spend = KeySpend.None,
        });
        return new(ById.SetItem(next.Id, next with { Spend = old.Spend })
            .SetItems(replaced.Select(key => KeyValuePair.Create(key.Id, key with { ReplacedBy = next.Id }))));
    }

    public KeyRing Reserve(CountedIn counted, long amount, DateTimeOffset at) =>
        ById.GetValueOrDefault(counted.KeyId) is { } key
        ? With(key with { Spend = key.Spend.Add(counted.Day, amount), UsedAt = at })
        : this;

    public KeyRing Release(CountedIn counted, long amount) => ById.GetValueOrDefault(counted.KeyId) is { } key
        ? With(key with { Spend = key.Spend.Subtract(counted.Day, amount) })
        : this;
}
