using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>Finds the routes of a request: what is wanted, allowed and served here.</summary>
public sealed class ModelChoice(IAvailability availability)
{
    public static Error Unserved { get; } =
        new(ErrorCode.ProviderUnavailable, "This model's provider is not configured here.", "model");

    /// <summary>Nobody could answer such a request, whatever is configured: it is no outage, and repeating it does not help.</summary>
    private static readonly Error NobodyLeft =
        new(ErrorCode.InvalidRequest, "No model of this request is left by its provider rules.", "provider");

    public Result<RouteChoice> Choose(Routing routing, AccountMode mode)
    {
        var known = routing.Models.Select(Catalog.Find).ToImmutableArray();
        if (known.Contains(null))
        {
            return new Error(
                ErrorCode.ModelNotFound, "There is no such model; GET /api/v1/models lists them.",
                known[0] is null ? "model" : "models");
        }

        var rules = routing.Provider ?? ProviderPreferences.None;
        if (rules.ToRoutePreferences() is not { } preferences)
            return NobodyLeft;
        var wanted = (preferences.AllowFallbacks ? known : known[..1]).OfType<Model>().Where(rules.Affords).ToList();
        var routes = RoutePlan.Of(wanted, preferences, provider => availability.Reaches(provider, mode));
        if (!routes.IsEmpty)
            return new RouteChoice(routes, Served: true);
        var elsewhere = RoutePlan.Of(wanted, preferences, _ => true);
        return elsewhere.IsEmpty ? NobodyLeft : new RouteChoice(elsewhere, Served: false);
    }
}
