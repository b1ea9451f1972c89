using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>One account, wherever it lives.</summary>
public interface IAccount
{
    /// <summary>
    /// Decides a command and commits what it changes, in one turn and one write. Every command may be repeated and is
    /// answered as the first time.
    /// </summary>
    Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
        where TReply : class;

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
