using System.Collections.Immutable;
using Orleans.Runtime;
using TryOn.Core.Accounts;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Accounts;

public sealed class StatementPageState
{
    public ImmutableList<StatementEntry> Entries { get; set; } = [];
}

[GrainType("statement-page")]
public sealed class StatementPageGrain(
    [PersistentState("statement-page", ClusterStorage.Records)] IPersistentState<StatementPageState> record)
    : Grain, IStatementPageGrain
{
    public async Task Save(ImmutableList<StatementEntry> entries)
    {
        if (record.RecordExists)
            return;
        try
        {
            record.State = new StatementPageState { Entries = entries };
            await record.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    public Task<ImmutableList<StatementEntry>?> Read() =>
        Task.FromResult(record.RecordExists ? record.State.Entries : null);
}
