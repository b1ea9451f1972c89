using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>One account, wherever it lives. Every mutating call may be repeated and answers as the first time.</summary>
public interface IAccount
{
    Task<Result<AccountView>> Open(AccountCommand.Open command);

    Task<Result<AccountView>> Grant(AccountCommand.Grant command);

    Task<Result<AccountView>> Adjust(AccountCommand.Adjust command);

    Task<Result<AccountView>> Freeze(AccountCommand.Freeze command);

    Task<Result<AccountView>> Unfreeze(AccountCommand.Unfreeze command);

    Task<Result<AccountKey>> AddKey(AccountCommand.AddKey command);

    Task<Result<AccountKey>> UpdateKey(AccountCommand.UpdateKey command);

    Task<Result<AccountKey>> RotateKey(AccountCommand.RotateKey command);

    /// <summary>The key as it was. Repeated, there is no such key any more.</summary>
    Task<Result<AccountKey>> RemoveKey(AccountCommand.RemoveKey command);

    Task<Result<AccountView>> SetWebhooks(AccountCommand.SetWebhooks command);

    /// <summary>Admission in one turn and one commit: rate window, concurrency, idempotency, balance, reservation.</summary>
    Task<Result<ReservationReply>> Reserve(AccountCommand.Reserve command);

    Task<Result<ReservationReply>> Capture(AccountCommand.Capture command);

    Task<Result<ReservationReply>> Release(AccountCommand.Release command);

    /// <summary>
    /// Who holds this key, which must have the needed scopes. A request of a limited route class is counted in its window;
    /// past the limit the answer is <see cref="ErrorCode.RateLimited"/> with the wait until the next would pass. Asked of
    /// the account for every request, so that a key cut off is refused everywhere from that moment on.
    /// </summary>
    Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed);

    Task<Result<AccountView>> Read();

    Task<Result<AccountKeys>> Keys();

    /// <summary>Statement entries after a sequence number, oldest first, archived or not.</summary>
    /// <param name="limit">1 to 1,000.</param>
    Task<Result<StatementPage>> Statement(long after, int limit);
}

public sealed record AccountKeys(ImmutableList<AccountKey> Items);

/// <param name="Newest">Sequence of the account's newest entry: the page is the last when it reaches this.</param>
public sealed record StatementPage(ImmutableList<StatementEntry> Entries, long Newest);
