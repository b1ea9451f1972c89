using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>
/// Finds the routes for a request among the models it names, its provider rules and what is configured here.
/// </summary>
public sealed class ModelChoice(IAvailability availability)
{
    public static Error NotConfigured { get; } =
        new(ErrorCode.ProviderUnavailable, "This model's provider is not configured here.", "model");

    /// <summary>
    /// No provider could answer such a request, whatever is configured. It is not an outage, so a retry does not help.
    /// </summary>
    private static readonly Error NoProviderLeft =
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
            return NoProviderLeft;
        var wanted = (preferences.AllowFallbacks ? known : known[..1]).OfType<Model>()
            .Where(rules.AllowsPriceOf).ToList();
        var routes = RoutePlan.Create(wanted, preferences, provider => availability.Reaches(provider, mode));
        if (!routes.IsEmpty)
            return new RouteChoice(routes, Configured: true);
        var possible = RoutePlan.Create(wanted, preferences, _ => true);
        return possible.IsEmpty ? NoProviderLeft : new RouteChoice(possible, Configured: false);
    }
}
