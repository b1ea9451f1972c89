using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>Picks the model that a job is made for: the first that is wanted, allowed and served here.</summary>
public sealed class ModelChoice(IAvailability availability)
{
    public Result<Model> Choose(Routing routing, AccountMode mode)
    {
        var known = routing.Models.Select(Catalog.Find).ToImmutableArray();
        if (known.Contains(null))
        {
            return new Error(
                ErrorCode.ModelNotFound, "There is no such model; GET /api/v1/models lists them.",
                known[0] is null ? "model" : "models");
        }

        var wanted = routing.Provider?.AllowFallbacks == false ? known[..1] : known;
        var allowed = wanted.OfType<Model>().Where(model => routing.Provider?.Allow(model) ?? true).ToList();
        if (allowed.Count == 0)
            return new Error(ErrorCode.ProviderUnavailable, "No model of this request is left by its provider rules.", "provider");
        return allowed.Find(model => availability.Serves(model, mode)) ?? allowed[0];
    }

    public Error? Unserved(Model model, AccountMode mode) => availability.Serves(model, mode)
        ? null
        : new Error(ErrorCode.ProviderUnavailable, "This model's provider is not configured here.", "model");
}
