using System.Collections.Immutable;
using Orleans.Runtime;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Accounts;

/// <summary>The account ids of one shard.</summary>
public sealed class AccountIndexState
{
    public ImmutableSortedSet<string> Ids { get; set; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}

[GrainType("account-index")]
public sealed class AccountIndexGrain(
    [PersistentState("account-index", ClusterStorage.Records)] IPersistentState<AccountIndexState> record)
    : Grain, IAccountIndexGrain
{
    public async Task Add(string accountId)
    {
        if (record.State.Ids.Contains(accountId))
            return;
        try
        {
            record.State = new AccountIndexState { Ids = record.State.Ids.Add(accountId) };
            await record.WriteStateAsync();
        }
        catch
        {
            // The state in memory may differ from what is stored; the next call reloads it.
            DeactivateOnIdle();
            throw;
        }
    }

    public Task<ImmutableSortedSet<string>> List() => Task.FromResult(record.State.Ids);
}
