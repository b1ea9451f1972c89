using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;

namespace TryOn.Core;

/// <summary>
/// Finds accounts, jobs and deliveries by id, in this process or another. Looking one up never creates it.
/// </summary>
public interface IDirectory
{
    IAccount Account(string id);

    IJob Job(string id);

    /// <summary>The delivery of a job's webhook, by the job's id.</summary>
    IDelivery Delivery(string id);

    /// <summary>Ids of all accounts, in a stable order.</summary>
    IAsyncEnumerable<string> AccountIds(CancellationToken cancellation);
}
