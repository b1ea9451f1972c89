using System.Collections.Immutable;

namespace TryOn.Grains.Interfaces;

/// <summary>
/// One shard of the list of accounts; its key is the shard's number. An account is listed before it is opened, so the
/// list may name one that was never opened, and never misses one that was.
/// </summary>
public interface IAccountIndexGrain : IGrainWithIntegerKey
{
    Task Add(string accountId);

    Task<ImmutableSortedSet<string>> List();
}
