using System.Collections.Immutable;
using TryOn.Core.Errors;

namespace TryOn.Core.Accounts;

/// <summary>
/// A request for several pictures has a job and a reservation for each, so that each is charged or released by itself. They
/// are opened together or not at all: nobody is left with half a request. Part of <see cref="AccountMachine"/>.
/// </summary>
public static class GroupRules
{
    public static ImmutableArray<string> Jobs(AccountCommand.Reserve reserve) =>
        [.. (reserve.Others ?? []).Prepend(reserve.JobId).Distinct()];

    /// <summary>Null when there is room and credit for so many.</summary>
    public static Error? Refuse(AccountState state, AccountCommand.Reserve reserve, int count, DateTimeOffset now)
    {
        if (state.Reservations.Count + count > state.Limits.Concurrency)
            return Crowded(state, count);
        // Divided, since a product could overflow and pass for little.
        if (state.Available / count < reserve.Amount)
            return Short(state, reserve.Amount, count);
        return KeyAdmission.Refuse(state.Keys, reserve with { Amount = reserve.Amount * count }, now);
    }

    public static ImmutableArray<AccountEvent> Reservations(
        AccountState state, AccountCommand.Reserve reserve, ImmutableArray<string> jobs, DateTimeOffset now)
    {
        var counted = KeyAdmission.Count(state.Keys, reserve, now);
        return
        [
            .. jobs.Select(id => new AccountEvent.Reserved(new Reservation(
                id, reserve.Amount, now, reserve.Fingerprint, reserve.For, counted, reserve.Body,
                id == reserve.JobId ? null : reserve.JobId))),
        ];
    }

    /// <summary>What is reserved may be more than the model's own price: that of the dearest that may answer in its place.</summary>
    private static Error Short(AccountState state, long price, int count) => state.Available <= 0
        ? Error.NoCredits
        : Error.NoCredits with
        {
            Message = $"Not enough API credits: {state.Available} remain, and a picture may cost up to {price} ({count} asked for).",
        };

    /// <summary>More pictures than the account may ever have under way are not worth waiting for.</summary>
    private static Error Crowded(AccountState state, int count) => count > state.Limits.Concurrency
        ? new Error(
            ErrorCode.ConcurrencyLimited,
            $"The request is for {count} pictures, and this account may have {state.Limits.Concurrency} under way at once.")
        : new Error(
            ErrorCode.ConcurrencyLimited,
            $"This account already has {state.Reservations.Count} of {state.Limits.Concurrency} jobs running, and {count} more were asked for.",
            RetryAfter: TimeSpan.FromSeconds(2));
}
