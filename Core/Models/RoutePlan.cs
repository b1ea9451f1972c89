using System.Collections.Immutable;
using TryOn.Core.Jobs;

namespace TryOn.Core.Models;

/// <summary>Lists the routes that a job may take, best first.</summary>
public static class RoutePlan
{
    /// <param name="models">Models in the caller's order of preference. A model's own provider comes before the others
    /// that offer it.</param>
    /// <param name="reaches">Whether a provider is configured for the caller's account.</param>
    /// <returns>Empty if no provider that the caller allows is configured.</returns>
    public static ImmutableArray<Route> Create(
        IEnumerable<Model> models, RoutePreferences preferences, Func<string, bool> reaches)
    {
        var routes = models
            .SelectMany(model => Ordered(model, preferences).Select(
                provider => new Route(model.Slug, provider, model.Credits)))
            .Where(route => Allowed(route.Provider, preferences) && reaches(route.Provider))
            .Distinct();
        return [.. preferences.AllowFallbacks ? routes : routes.Take(1)];
    }

    /// <summary>
    /// The preferred order of providers applies within one model; it never changes the order of models.
    /// </summary>
    private static IEnumerable<string> Ordered(Model model, RoutePreferences preferences) =>
        model.OtherProviders.Insert(0, model.Provider).OrderBy(provider =>
            preferences.Order.IndexOf(provider) is var rank and >= 0 ? rank : preferences.Order.Length);

    private static bool Allowed(string provider, RoutePreferences preferences) =>
        (preferences.Only.IsEmpty || preferences.Only.Contains(provider)) && !preferences.Ignore.Contains(provider);
}
