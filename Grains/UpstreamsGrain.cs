using Orleans.Concurrency;
using TryOn.Core.Keys;
using TryOn.Core.Models;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains;

/// <summary>Answered by the nearest silo, because all silos have the same configuration.</summary>
[StatelessWorker(maxLocalWorkers: 1)]
public sealed class UpstreamsGrain(IAvailability availability) : Grain, IUpstreamsGrain
{
    public Task<ServedProviders> Served() => Task.FromResult(new ServedProviders(
        Names(AccountMode.Live), Names(AccountMode.Test))
    {
        Models = [.. Models(AccountMode.Live), .. Models(AccountMode.Test)],
    });

    private IEnumerable<ServedModel> Models(AccountMode mode) =>
        from model in Catalog.Models
        from provider in model.OtherProviders.Insert(0, model.Provider)
        let id = availability.UpstreamModel(model, provider, mode)
        where id is not null
        select new ServedModel(mode, model.Slug, provider, id);

    private List<string> Names(AccountMode mode) =>
    [
        .. Catalog.Models.SelectMany(model => model.OtherProviders.Insert(0, model.Provider)).Distinct()
            .Where(provider => availability.Reaches(provider, mode)),
    ];
}
