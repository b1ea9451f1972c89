using System.Collections.Immutable;
using TryOn.Core.Jobs;
using TryOn.Core.Models;
using Route = TryOn.Core.Jobs.Route;

namespace TryOn.Api.Models;

/// <summary>The ways that a request may take as its caller put it, best first.</summary>
/// <param name="Routes">Never empty.</param>
/// <param name="Served">False where none of them is configured here: then they are those that could be.</param>
public sealed record RouteChoice(ImmutableArray<Route> Routes, bool Served)
{
    public ImmutableArray<Model> Models { get; } =
        [.. Routes.Select(route => route.Model).Distinct().Select(Catalog.Find).OfType<Model>()];

    /// <summary>Those that go to one of these models.</summary>
    public ImmutableArray<Route> To(ImmutableArray<Model> models) =>
        [.. Routes.Where(route => models.Any(model => model.Slug == route.Model))];
}
