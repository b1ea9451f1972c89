using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Core;

/// <summary>Finds accounts and jobs by id, wherever they live. Asking for one never creates it.</summary>
public interface IDirectory
{
    IAccount Account(string id);

    IJob Job(string id);

    /// <summary>Ids of all accounts, in a stable order.</summary>
    IAsyncEnumerable<string> AccountIds(CancellationToken cancellation);
}
