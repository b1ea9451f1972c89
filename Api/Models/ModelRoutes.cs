using TryOn.Core.Keys;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>
/// Describes models as they are configured here for accounts of one mode: a slug is fixed, the upstream model behind it
/// is configurable.
/// </summary>
public sealed class ModelRoutes(IAvailability availability)
{
    public ModelObject Describe(Model model, AccountMode mode) =>
        ModelObject.FromModel(model) with { ServedBy = RoutesFor(model, mode) };

    private IReadOnlyList<ModelRoute> RoutesFor(Model model, AccountMode mode) =>
    [
        .. from provider in model.OtherProviders.Insert(0, model.Provider)
           let answers = availability.UpstreamModel(model, provider, mode)
           where answers is not null
           select new ModelRoute(provider, answers),
    ];
}

/// <param name="Provider">Name of the provider.</param>
/// <param name="UpstreamModel">The provider's own id of the model that answers.</param>
public sealed record ModelRoute(string Provider, string UpstreamModel);
