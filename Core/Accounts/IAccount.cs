using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>One account, in this process or another.</summary>
public interface IAccount
{
    /// <summary>
    /// Decides a command and commits its changes in one write. Every command may be repeated and is then answered as
    /// the first time.
    /// </summary>
    Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
        where TReply : class;

    /// <summary>
    /// Admits a request with this key, if the key has the needed scopes. A request of a limited route class is counted
    /// in that class's window; past the limit the result is <see cref="ErrorCode.RateLimited"/> with the time until the
    /// next request would be admitted. Every request calls this, so a disabled key is refused everywhere at once.
    /// </summary>
    Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed);

    Task<Result<AccountView>> Read();

    Task<Result<AccountKeys>> Keys();

    /// <summary>Statement entries after a sequence number, oldest first, including archived ones.</summary>
    /// <param name="limit">1 to 1,000.</param>
    Task<Result<StatementPage>> Statement(long after, int limit);
}

public sealed record AccountKeys(ImmutableList<AccountKey> Items);

/// <param name="Newest">Sequence of the account's newest entry; the page that reaches it is the last.</param>
public sealed record StatementPage(ImmutableList<StatementEntry> Entries, long Newest);
