using Orleans.Concurrency;
using TryOn.Core.Accounts;
using TryOn.Core.Models;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains;

/// <summary>Answered by whichever silo is nearest: all are configured alike.</summary>
[StatelessWorker(maxLocalWorkers: 1)]
public sealed class UpstreamsGrain(IAvailability availability) : Grain, IUpstreamsGrain
{
    public Task<ServedProviders> Served() => Task.FromResult(new ServedProviders(
        Names(AccountMode.Live), Names(AccountMode.Test)));

    private List<string> Names(AccountMode mode) =>
        [.. Catalog.Models.Where(model => availability.Serves(model, mode)).Select(model => model.Provider).Distinct()];
}
