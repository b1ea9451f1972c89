using System.Collections.Immutable;

namespace TryOn.Grains.Interfaces;

/// <summary>
/// One shard of the list of accounts; its key is the shard's number. An account is listed before it is opened, so the
/// list may name one that was never opened, but contains every open account.
/// </summary>
public interface IAccountIndexGrain : IGrainWithIntegerKey
{
    Task Add(string accountId);

    Task<ImmutableSortedSet<string>> List();
}
