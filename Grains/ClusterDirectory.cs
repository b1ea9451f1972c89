using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;
using TryOn.Grains.Accounts;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains;

/// <summary>Accounts, jobs and deliveries as grains of the cluster, for silos and their clients.</summary>
public sealed class ClusterDirectory(IGrainFactory grains) : IDirectory
{
    public IAccount Account(string id) => grains.GetGrain<IAccountGrain>(id);

    public IJob Job(string id) => grains.GetGrain<IJobGrain>(id);

    public IDelivery Delivery(string id) => grains.GetGrain<IDeliveryGrain>(id);

    public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) =>
        AccountIndex.All(grains, cancellation);
}
