using System.Collections.Immutable;
using TryOn.Core.Jobs;
using TryOn.Core.Models;
using Route = TryOn.Core.Jobs.Route;

namespace TryOn.Api.Models;

/// <summary>The routes that a request may take, best first.</summary>
/// <param name="Routes">Never empty.</param>
/// <param name="Configured">False if no route is configured here; the routes are then those that could be.</param>
public sealed record RouteChoice(ImmutableArray<Route> Routes, bool Configured)
{
    public ImmutableArray<Model> Models { get; } =
        [.. Routes.Select(route => route.Model).Distinct().Select(Catalog.Find).OfType<Model>()];

    /// <summary>The routes that lead to one of these models.</summary>
    public ImmutableArray<Route> ForModels(ImmutableArray<Model> models) =>
        [.. Routes.Where(route => models.Any(model => model.Slug == route.Model))];
}
