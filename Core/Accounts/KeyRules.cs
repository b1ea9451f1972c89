using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>Adding, changing, rotating and removing an account's keys. Part of <see cref="AccountMachine"/>.</summary>
public static class KeyRules
{
    /// <summary>The longest grace period of a replaced key.</summary>
    public static readonly TimeSpan GraceMax = TimeSpan.FromDays(30);

    public static AccountDecision Add(AccountState state, AccountCommand.AddKey add, DateTimeOffset now)
    {
        if (state.Keys.Find(add.Key.Hash) is { } known)
            return AccountDecision.Repeat(known);
        if (Validate(add.Key, now) is { } invalid)
            return AccountDecision.Reject(invalid);
        if ((add.Key.Scopes & ~add.By) is var missing and not KeyScopes.None)
            return AccountDecision.Reject(Scopes.MissingError(missing));
        return MakeRoom(state.Keys, now, [new AccountEvent.KeyAdded(add.Key)], add.Key);
    }

    public static AccountDecision Update(AccountState state, AccountCommand.UpdateKey update, DateTimeOffset now)
    {
        if (state.Keys.Find(update.Hash) is not { } key)
            return AccountDecision.Reject(Error.NoSuchKey);
        var after = update.Patch.Apply(key);
        if (after == key)
            return AccountDecision.Repeat(key);
        // Only a newly set expiry is checked: a key that has already expired can still be renamed.
        if (Validate(after with { ExpiresAt = update.Patch.ExpiresAt?.Value }, now) is { } invalid)
            return AccountDecision.Reject(invalid);
        return (after.Scopes & ~key.Scopes & ~update.By) is var missing and not KeyScopes.None
            ? AccountDecision.Reject(Scopes.MissingError(missing))
            : AccountDecision.Accept(after, [new AccountEvent.KeyUpdated(update.Hash, update.Patch)]);
    }

    /// <summary>
    /// Rotating a key that was already replaced rotates its replacement: a caller who lost the answer to a rotation can
    /// ask again and gets a key that works.
    /// </summary>
    public static AccountDecision Rotate(AccountState state, AccountCommand.RotateKey rotate, DateTimeOffset now)
    {
        if (state.Keys.Find(rotate.Next.Hash) is { } known)
            return AccountDecision.Repeat(known);
        if (state.Keys.Find(rotate.Hash) is not { } named || state.Keys.BudgetKey(named.Id) is not { } old)
            return AccountDecision.Reject(Error.NoSuchKey);
        if (!old.IsUsable(now))
            return Reject("A key that is disabled or has expired cannot be rotated.", param: null);
        if (rotate.Grace < TimeSpan.Zero || rotate.Grace > GraceMax)
            return Reject($"The grace is between zero and {GraceMax.TotalDays} days.", "grace_seconds");
        // The caller receives the new secret, and with it all scopes of the key.
        if ((old.Scopes & ~rotate.By) is var missing and not KeyScopes.None)
            return AccountDecision.Reject(Scopes.MissingError(missing));
        var next = old
            with { Hash = rotate.Next.Hash, Label = rotate.Next.Label, CreatedAt = rotate.Next.CreatedAt,
                UsedAt = null };
        return MakeRoom(state.Keys, now, [new AccountEvent.KeyRotated(old.Hash, next, now + rotate.Grace)], next);
    }

    public static AccountDecision Remove(AccountState state, AccountCommand.RemoveKey remove) =>
        state.Keys.Find(remove.Hash) is { } key
            ? AccountDecision.Accept(key, [new AccountEvent.KeyRemoved(key.Hash)])
            : AccountDecision.Reject(Error.NoSuchKey);

    public static AccountDecision Use(AccountState state, AccountCommand.UseKey use, DateTimeOffset now)
    {
        if (state.Keys.Find(use.Hash) is not { } key)
            return AccountDecision.Reject(Error.NoSuchKey);
        return KeyAdmission.ShouldRecordUse(key, now)
            ? AccountDecision.Accept(key with { UsedAt = now }, [new AccountEvent.KeyUsed(use.Hash, now)])
            : AccountDecision.Repeat(key);
    }

    public static AccountState Evolve(AccountState state, AccountEvent @event) => @event switch
    {
        AccountEvent.KeyAdded e => state with { Keys = state.Keys.With(e.Key) },
        AccountEvent.KeyUpdated e when state.Keys.Find(e.Hash) is { } key =>
            state with { Keys = state.Keys.With(e.Patch.Apply(key)) },
        AccountEvent.KeyRotated e => state with
        {
            Keys = state.Keys.Rotate(e.Hash, e.Next, e.GraceEndsAt),
            Reservations = MoveReservations(state.Reservations, AccountKey.IdOf(e.Hash), e.Next.Id),
        },
        AccountEvent.KeyRemoved e => state with { Keys = state.Keys.Without(e.Hash) },
        AccountEvent.KeyUsed e when state.Keys.Find(e.Hash) is { } key =>
            state with { Keys = state.Keys.With(key with { UsedAt = e.At }) },
        _ => state,
    };

    /// <summary>
    /// Removes keys whose grace period is over, and rejects the addition if the account still has too many keys.
    /// </summary>
    private static AccountDecision MakeRoom(KeyRing keys, DateTimeOffset now, AccountEvent[] added, AccountKey key)
    {
        var retired = keys.All.Where(old => old.IsRetired(now)).ToList();
        if (keys.Count - retired.Count >= KeyRing.CountMax)
            return Reject($"An account has at most {KeyRing.CountMax} keys. Delete one first.", param: null);
        return AccountDecision.Accept(key, [.. retired.Select(old => new AccountEvent.KeyRemoved(old.Hash)), .. added]);
    }

    private static ImmutableDictionary<string, Reservation> MoveReservations(
        ImmutableDictionary<string, Reservation> reservations, string oldId, string newId) => reservations.SetItems(
        reservations.Values.Where(open => open.Counted?.KeyId == oldId).Select(open =>
            KeyValuePair.Create(open.JobId, open with { Counted = open.Counted! with { KeyId = newId } })));

    private static Error? Validate(AccountKey key, DateTimeOffset now) => key switch
    {
        { Name.Length: > AccountKey.NameLengthMax } =>
            InvalidRequest($"A key's name has at most {AccountKey.NameLengthMax} characters.", "name"),
        { Limit: < 0 } => InvalidRequest("A key's limit is a whole number of credits, or null.", "limit"),
        { Scopes: KeyScopes.None } => InvalidRequest("A key has one scope at least.", "scopes"),
        _ when key.ExpiresAt <= now => InvalidRequest("A key expires in the future, or never.", "expires_at"),
        _ => null,
    };

    private static AccountDecision Reject(string message, string? param) =>
        AccountDecision.Reject(InvalidRequest(message, param));

    private static Error InvalidRequest(string message, string? param) => new(ErrorCode.InvalidRequest, message, param);
}
