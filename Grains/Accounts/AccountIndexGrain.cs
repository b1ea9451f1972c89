using System.Collections.Immutable;
using Orleans.Runtime;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Accounts;

/// <summary>The accounts of one shard.</summary>
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
            // What is in memory may not be what is stored; the next call reads afresh.
            DeactivateOnIdle();
            throw;
        }
    }

    public Task<ImmutableSortedSet<string>> List() => Task.FromResult(record.State.Ids);
}
