using System.Collections.Immutable;
using TryOn.Core.Accounts;

namespace TryOn.Grains.Interfaces;

/// <summary>One archived statement page; its key is <c>{account id}/{page number}</c>.</summary>
public interface IStatementPageGrain : IGrainWithStringKey
{
    /// <summary>A page never changes: saving it again is harmless.</summary>
    Task Save(ImmutableList<StatementEntry> entries);

    /// <summary>Null if there is no such page.</summary>
    Task<ImmutableList<StatementEntry>?> Read();
}
