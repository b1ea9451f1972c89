using System.Collections.Immutable;

namespace TryOn.Core.Models;

/// <summary>A caller's provider preferences, in the form of OpenRouter's requests.</summary>
/// <param name="Order">Providers to try first, in this order.</param>
/// <param name="Only">The only providers to use; empty for any.</param>
/// <param name="Ignore">Providers to exclude.</param>
/// <param name="AllowFallbacks">False to use the first choice only.</param>
public sealed record RoutePreferences(
    ImmutableArray<string> Order, ImmutableArray<string> Only, ImmutableArray<string> Ignore,
    bool AllowFallbacks = true)
{
    public static RoutePreferences None { get; } = new([], [], []);
}
