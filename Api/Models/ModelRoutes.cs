using TryOn.Core.Accounts;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>Describes models as an account of one mode finds them here: a slug stays, what answers for it is configured.</summary>
public sealed class ModelRoutes(IAvailability availability)
{
    public ModelObject Describe(Model model, AccountMode mode) => ModelObject.Of(model) with { ServedBy = Of(model, mode) };

    private IReadOnlyList<ModelRoute> Of(Model model, AccountMode mode) =>
    [
        .. from provider in model.OtherProviders.Insert(0, model.Provider)
           let answers = availability.UpstreamModel(model, provider, mode)
           where answers is not null
           select new ModelRoute(provider, answers),
    ];
}

/// <param name="Provider">Who is asked.</param>
/// <param name="UpstreamModel">The provider's own id of what answers.</param>
public sealed record ModelRoute(string Provider, string UpstreamModel);
