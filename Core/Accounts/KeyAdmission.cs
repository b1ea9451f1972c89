using TryOn.Core.Errors;
using TryOn.Core.Keys;

namespace TryOn.Core.Accounts;

/// <summary>What a key may be used for at this moment, and how much it may still spend.</summary>
public static class KeyAdmission
{
    /// <summary>How stale the time of a key's last use may be.</summary>
    private static readonly TimeSpan UseGrain = TimeSpan.FromHours(1);

    /// <summary>
    /// The key, when a request with it may go on. One that is unknown, disabled, expired or removed is refused in the same
    /// words, so that nobody learns what became of it.
    /// </summary>
    public static Result<AccountKey> Admit(KeyRing keys, string hash, KeyScopes needed, DateTimeOffset now)
    {
        if (keys.Find(hash) is null || keys.Usable(AccountKey.IdOf(hash), now) is not { } key)
            return Error.BadKey;
        var missing = needed & ~key.Scopes;
        return missing == KeyScopes.None ? key : Scopes.Lacking(missing);
    }

    /// <summary>
    /// Null when the key may reserve so much. A key that was cut off or removed while its request was on the way starts
    /// nothing any more, or what it spends then would be counted nowhere.
    /// </summary>
    public static Error? Refuse(KeyRing keys, AccountCommand.Reserve reserve, DateTimeOffset now)
    {
        if (reserve.For is not { KeyId: var id })
            return null;
        if (keys.Usable(id, now) is null || keys.Budget(id) is not { } budget)
            return Error.BadKey;
        return budget.Remaining(KeySpend.DayOf(now)) < reserve.Amount ? Spent(budget) : null;
    }

    /// <summary>Where the reservation is to be counted; null where no key asked.</summary>
    public static CountedIn? Count(KeyRing keys, AccountCommand.Reserve reserve, DateTimeOffset now) =>
        reserve.For is not null && keys.Budget(reserve.For.KeyId) is { } budget
            ? new CountedIn(budget.Id, Math.Max(KeySpend.DayOf(now), budget.Spend.Day))
            : null;

    public static bool WantsUse(AccountKey key, DateTimeOffset now) => key.UsedAt is null || now - key.UsedAt >= UseGrain;

    private static Error Spent(AccountKey key)
    {
        var period = key.Reset switch
        {
            LimitReset.Daily => " for the day",
            LimitReset.Weekly => " for the week",
            LimitReset.Monthly => " for the month",
            _ => "",
        };
        return new Error(
            ErrorCode.OutOfCredits, $"This API key has reached its own credit limit{period}, {key.Limit}.", LimitSource: "key");
    }
}
