using System.Collections.Immutable;
using TryOn.Core.Accounts;

namespace TryOn.Engine.Accounts;

/// <summary>
/// Stores full pages of a statement, of <see cref="StatementRules.PageSize"/> entries each, numbered from 0.
/// </summary>
public interface IStatementArchive
{
    /// <summary>Returns once the page is durable. A page never changes, so saving it again is harmless.</summary>
    Task Save(string accountId, long number, ImmutableList<StatementEntry> entries);

    Task<ImmutableList<StatementEntry>?> Read(string accountId, long number);
}
