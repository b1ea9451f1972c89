using TryOn.Core.Errors;

namespace TryOn.Core.Keys;

/// <summary>Checks what a key may do now, and how much it may still spend.</summary>
public static class KeyAdmission
{
    /// <summary>The precision of the recorded time of last use.</summary>
    private static readonly TimeSpan UsePrecision = TimeSpan.FromHours(1);

    /// <summary>
    /// The key, if it may be used with these scopes. Unknown, disabled, expired and removed keys get the same error, so
    /// that it does not reveal which of these applies.
    /// </summary>
    public static Result<AccountKey> Admit(KeyRing keys, string hash, KeyScopes needed, DateTimeOffset now)
    {
        if (keys.Find(hash) is null || keys.Usable(AccountKey.IdOf(hash), now) is not { } key)
            return Error.BadKey;
        var missing = needed & ~key.Scopes;
        return missing == KeyScopes.None ? key : Scopes.MissingError(missing);
    }

    /// <summary>
    /// Null if the key may reserve this amount. A key that was disabled or removed after its request was admitted is
    /// refused too, because its spend would be counted nowhere.
    /// </summary>
    public static Error? Refuse(KeyRing keys, string? keyId, long amount, DateTimeOffset now)
    {
        if (keyId is null)
            return null;
        if (keys.Usable(keyId, now) is null || keys.BudgetKey(keyId) is not { } budget)
            return Error.BadKey;
        return budget.Remaining(KeySpend.DayOf(now)) < amount ? LimitReached(budget) : null;
    }

    /// <summary>The key and day to count a reservation against; null if the request had no key.</summary>
    public static CountedIn? Count(KeyRing keys, string? keyId, DateTimeOffset now) =>
        keyId is not null && keys.BudgetKey(keyId) is { } budget
            ? new CountedIn(budget.Id, Math.Max(KeySpend.DayOf(now), budget.Spend.Day))
            : null;

    public static bool ShouldRecordUse(AccountKey key, DateTimeOffset now) =>
        key.UsedAt is null || now - key.UsedAt >= UsePrecision;

    private static Error LimitReached(AccountKey key)
    {
        var period = key.Reset switch
        {
            LimitReset.Daily => " for the day",
            LimitReset.Weekly => " for the week",
            LimitReset.Monthly => " for the month",
            _ => "",
        };
        return new Error(
            ErrorCode.OutOfCredits, $"This API key has reached its own credit limit{period}, {key.Limit}.",
            LimitSource: "key");
    }
}
