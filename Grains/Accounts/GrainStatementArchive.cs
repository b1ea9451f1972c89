using System.Collections.Immutable;
using Orleans.Runtime;
using TryOn.Core.Accounts;
using TryOn.Engine.Accounts;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Accounts;

/// <summary>Archived statement pages, one grain per page.</summary>
public sealed class GrainStatementArchive(IGrainFactory grains) : IStatementArchive
{
    public Task Save(string accountId, long number, ImmutableList<StatementEntry> entries) =>
        Page(accountId, number).Save(entries);

    public Task<ImmutableList<StatementEntry>?> Read(string accountId, long number) => Page(accountId, number).Read();

    private IStatementPageGrain Page(string accountId, long number) =>
        grains.GetGrain<IStatementPageGrain>($"{accountId}/{number}");
}
