using System.Collections.Immutable;
using Orleans.Runtime;
using TryOn.Core.Accounts;
using TryOn.Engine.Accounts;
using TryOn.Grains.Interfaces;

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

/// <summary>Archived statement pages, a grain each.</summary>
public sealed class GrainStatementArchive(IGrainFactory grains) : IStatementArchive
{
    public Task Save(string accountId, long number, ImmutableList<StatementEntry> entries) =>
        Page(accountId, number).Save(entries);

    public Task<ImmutableList<StatementEntry>?> Read(string accountId, long number) => Page(accountId, number).Read();

    private IStatementPageGrain Page(string accountId, long number) =>
        grains.GetGrain<IStatementPageGrain>($"{accountId}/{number}");
}
