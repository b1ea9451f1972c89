using System.Collections.Immutable;

namespace TryOn.Core.Accounts;

/// <summary>An account's keys by id, so that both a request's key and a reservation's are found at once.</summary>
public sealed record KeyRing(ImmutableDictionary<string, AccountKey> ById)
{
    public const int CountMax = 100;

    public static KeyRing Empty { get; } = new(ImmutableDictionary<string, AccountKey>.Empty);

    public int Count => ById.Count;

    public IEnumerable<AccountKey> All => ById.Values;

    public AccountKey? Find(string hash) =>
        ById.GetValueOrDefault(AccountKey.IdOf(hash)) is { } key && key.Hash == hash ? key : null;

    /// <summary>The key whose limit and spend count for this one: the newest of those that replaced it, or itself.</summary>
    public AccountKey? Budget(string id) => ById.GetValueOrDefault(id) is { } key
        ? key.ReplacedBy is { } newest ? ById.GetValueOrDefault(newest, key) : key
        : null;

    /// <summary>
    /// The key as it may be used now; null when it may not. While its grace lasts, a replaced key may do what its
    /// successor may and no more: whoever cuts off the one has cut off both.
    /// </summary>
    public AccountKey? Usable(string id, DateTimeOffset now) =>
        ById.GetValueOrDefault(id) is { } key && key.IsUsable(now) && Budget(id) is { } newest && newest.IsUsable(now)
            ? key with { Scopes = key.Scopes & newest.Scopes }
            : null;

    public KeyRing With(AccountKey key) => new(ById.SetItem(key.Id, key));

    /// <summary>Without this key and those it replaced: they are one key to their owner.</summary>
    public KeyRing Without(string hash)
    {
        var id = AccountKey.IdOf(hash);
        return new(ById.Remove(id).RemoveRange(ById.Values.Where(key => key.ReplacedBy == id).Select(key => key.Id)));
    }

    /// <summary>The next key takes over all that was spent, and whatever its predecessor had replaced.</summary>
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

    public KeyRing Reserve(CountedIn counted, long amount, DateTimeOffset at) => ById.GetValueOrDefault(counted.KeyId) is { } key
        ? With(key with { Spend = key.Spend.Add(counted.Day, amount), UsedAt = at })
        : this;

    public KeyRing Release(CountedIn counted, long amount) => ById.GetValueOrDefault(counted.KeyId) is { } key
        ? With(key with { Spend = key.Spend.Return(counted.Day, amount) })
        : this;
}
