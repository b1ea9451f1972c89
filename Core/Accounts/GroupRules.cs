using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;

namespace TryOn.Core.Accounts;

/// <summary>
/// A request for several pictures has one job and one reservation per picture, so that each is charged or released
/// separately. They are opened together or not at all. Part of <see cref="AccountMachine"/>.
/// </summary>
public static class GroupRules
{
    public static ImmutableArray<string> Jobs(AccountCommand.Reserve reserve) =>
        [.. (reserve.Others ?? []).Prepend(reserve.JobId).Distinct()];

    /// <summary>Null if the account has enough capacity and credits for this many jobs.</summary>
    public static Error? Refuse(AccountState state, AccountCommand.Reserve reserve, int count, DateTimeOffset now)
    {
        if (state.Reservations.Count + count > state.Limits.Concurrency)
            return ConcurrencyError(state, count);
        // Divided instead of multiplied, because the product could overflow.
        if (state.Available / count < reserve.Amount)
            return CreditsError(state, reserve.Amount, count);
        return KeyAdmission.Refuse(state.Keys, reserve.For?.KeyId, reserve.Amount * count, now);
    }

    public static ImmutableArray<AccountEvent> Reservations(
        AccountState state, AccountCommand.Reserve reserve, ImmutableArray<string> jobs, DateTimeOffset now)
    {
        var counted = KeyAdmission.Count(state.Keys, reserve.For?.KeyId, now);
        return
        [
            .. jobs.Select(id => new AccountEvent.Reserved(new Reservation(
                id, reserve.Amount, now, reserve.Fingerprint, reserve.For, counted, reserve.Body,
                id == reserve.JobId ? null : reserve.JobId))),
        ];
    }

    /// <summary>
    /// The reserved price may exceed that of the requested model: it is the price of the most expensive model that may
    /// answer.
    /// </summary>
    private static Error CreditsError(AccountState state, long price, int count) => state.Available <= 0
        ? Error.NoCredits
        : Error.NoCredits with
        {
            Message = $"Not enough API credits: {state.Available} remain, and a picture may cost up to {price} "
                + $"({count} asked for).",
        };

    /// <summary>
    /// A request that exceeds the account's limit by itself gets no retry hint, because it can never succeed.
    /// </summary>
    private static Error ConcurrencyError(AccountState state, int count) => count > state.Limits.Concurrency
        ? new Error(
            ErrorCode.ConcurrencyLimited,
            $"The request is for {count} pictures, and this account may have {state.Limits.Concurrency} under way at "
                + "once.")
        : new Error(
            ErrorCode.ConcurrencyLimited,
            $"This account already has {state.Reservations.Count} of {state.Limits.Concurrency} jobs running, and "
                + $"{count} more were asked for.",
            RetryAfter: TimeSpan.FromSeconds(2));
}
