using System.Collections.Immutable;
using TryOn.Core.Jobs;

namespace TryOn.Core.Models;

/// <summary>The ways that a job may take, best first.</summary>
public static class RoutePlan
{
    /// <param name="models">As the caller prefers them. Each one's own provider comes before the others that offer it.</param>
    /// <param name="reaches">Whether a provider is configured for the caller's account.</param>
    /// <returns>Empty when nothing that the caller allows can be reached.</returns>
    public static ImmutableArray<Route> Of(
        IEnumerable<Model> models, RoutePreferences preferences, Func<string, bool> reaches)
    {
        var routes = models
            .SelectMany(model => Ordered(model, preferences).Select(
                provider => new Route(model.Slug, provider, model.Credits)))
            .Where(route => Allowed(route.Provider, preferences) && reaches(route.Provider))
            .Distinct();
        return [.. preferences.AllowFallbacks ? routes : routes.Take(1)];
    }

    /// <summary>Models go before providers: an order of providers picks among those of one model.</summary>
    private static IEnumerable<string> Ordered(Model model, RoutePreferences preferences) =>
        model.OtherProviders.Insert(0, model.Provider).OrderBy(provider =>
            preferences.Order.IndexOf(provider) is var place and >= 0 ? place : preferences.Order.Length);

    private static bool Allowed(string provider, RoutePreferences preferences) =>
        (preferences.Only.IsEmpty || preferences.Only.Contains(provider)) && !preferences.Ignore.Contains(provider);
}
