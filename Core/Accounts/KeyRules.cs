using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>What may be done to an account's keys. Part of <see cref="AccountMachine"/>.</summary>
public static class KeyRules
{
    /// <summary>The longest a replaced key may go on working.</summary>
    public static readonly TimeSpan GraceMax = TimeSpan.FromDays(30);

    public static AccountDecision Add(AccountState state, AccountCommand.AddKey add, DateTimeOffset now)
    {
        if (state.Keys.Find(add.Key.Hash) is { } known)
            return AccountDecision.Repeat(known);
        if (Check(add.Key, now) is { } invalid)
            return AccountDecision.Reject(invalid);
        if ((add.Key.Scopes & ~add.By) is var missing and not KeyScopes.None)
            return AccountDecision.Reject(Scopes.Lacking(missing));
        return Room(state.Keys, now, [new AccountEvent.KeyAdded(add.Key)], add.Key);
    }

    public static AccountDecision Update(AccountState state, AccountCommand.UpdateKey update, DateTimeOffset now)
    {
        if (state.Keys.Find(update.Hash) is not { } key)
            return AccountDecision.Reject(Error.NoSuchKey);
        var after = update.Patch.Apply(key);
        if (after == key)
            return AccountDecision.Repeat(key);
        // What is already past may stand: a key that has expired can still be renamed.
        if (Check(after with { ExpiresAt = update.Patch.ExpiresAt?.Value }, now) is { } invalid)
            return AccountDecision.Reject(invalid);
        return (after.Scopes & ~key.Scopes & ~update.By) is var missing and not KeyScopes.None
            ? AccountDecision.Reject(Scopes.Lacking(missing))
            : AccountDecision.Accept(after, [new AccountEvent.KeyUpdated(update.Hash, update.Patch)]);
    }

    /// <summary>
    /// A key that was replaced before leads to the one that replaced it: whoever lost the answer to a rotation asks again
    /// and gets a key that works.
    /// </summary>
    public static AccountDecision Rotate(AccountState state, AccountCommand.RotateKey rotate, DateTimeOffset now)
    {
        if (state.Keys.Find(rotate.Next.Hash) is { } known)
            return AccountDecision.Repeat(known);
        if (state.Keys.Find(rotate.Hash) is not { } named || state.Keys.Budget(named.Id) is not { } old)
            return AccountDecision.Reject(Error.NoSuchKey);
        if (!old.IsUsable(now))
            return Invalid("A key that is disabled or has expired cannot be rotated.", param: null);
        if (rotate.Grace < TimeSpan.Zero || rotate.Grace > GraceMax)
            return Invalid($"The grace is between zero and {GraceMax.TotalDays} days.", "grace_seconds");
        // The new secret would hand these scopes to whoever asks for it.
        if ((old.Scopes & ~rotate.By) is var missing and not KeyScopes.None)
            return AccountDecision.Reject(Scopes.Lacking(missing));
        var next = old with { Hash = rotate.Next.Hash, Label = rotate.Next.Label, CreatedAt = rotate.Next.CreatedAt, UsedAt = null };
        return Room(state.Keys, now, [new AccountEvent.KeyRotated(old.Hash, next, now + rotate.Grace)], next);
    }

    public static AccountDecision Remove(AccountState state, AccountCommand.RemoveKey remove) =>
        state.Keys.Find(remove.Hash) is { } key
            ? AccountDecision.Accept(key, [new AccountEvent.KeyRemoved(key.Hash)])
            : AccountDecision.Reject(Error.NoSuchKey);

    public static AccountDecision Use(AccountState state, AccountCommand.UseKey use, DateTimeOffset now)
    {
        if (state.Keys.Find(use.Hash) is not { } key)
            return AccountDecision.Reject(Error.NoSuchKey);
        return KeyAdmission.WantsUse(key, now)
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
            Reservations = Follow(state.Reservations, AccountKey.IdOf(e.Hash), e.Next.Id),
        },
        AccountEvent.KeyRemoved e => state with { Keys = state.Keys.Without(e.Hash) },
        AccountEvent.KeyUsed e when state.Keys.Find(e.Hash) is { } key =>
            state with { Keys = state.Keys.With(key with { UsedAt = e.At }) },
        _ => state,
    };

    /// <summary>Makes room by dropping keys whose grace is over, and refuses where that is not enough.</summary>
    private static AccountDecision Room(KeyRing keys, DateTimeOffset now, AccountEvent[] added, AccountKey key)
    {
        var retired = keys.All.Where(old => old.IsRetired(now)).ToList();
        if (keys.Count - retired.Count >= KeyRing.CountMax)
            return Invalid($"An account has at most {KeyRing.CountMax} keys. Delete one first.", param: null);
        return AccountDecision.Accept(key, [.. retired.Select(old => new AccountEvent.KeyRemoved(old.Hash)), .. added]);
    }

    private static ImmutableDictionary<string, Reservation> Follow(
        ImmutableDictionary<string, Reservation> reservations, string oldId, string newId) => reservations.SetItems(
        reservations.Values.Where(open => open.Counted?.KeyId == oldId).Select(open =>
            KeyValuePair.Create(open.JobId, open with { Counted = open.Counted! with { KeyId = newId } })));

    private static Error? Check(AccountKey key, DateTimeOffset now) => key switch
    {
        { Name.Length: > AccountKey.NameLengthMax } =>
            Wrong($"A key's name has at most {AccountKey.NameLengthMax} characters.", "name"),
        { Limit: < 0 } => Wrong("A key's limit is a whole number of credits, or null.", "limit"),
        { Scopes: KeyScopes.None } => Wrong("A key has one scope at least.", "scopes"),
        _ when key.ExpiresAt <= now => Wrong("A key expires in the future, or never.", "expires_at"),
        _ => null,
    };

    private static AccountDecision Invalid(string message, string? param) => AccountDecision.Reject(Wrong(message, param));

    private static Error Wrong(string message, string? param) => new(ErrorCode.InvalidRequest, message, param);
}
