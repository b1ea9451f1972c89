using System.Collections.Immutable;

namespace TryOn.Core.Models;

/// <summary>A caller's say in who answers, as OpenRouter's requests put it.</summary>
/// <param name="Order">Providers to ask first, in this order.</param>
/// <param name="Only">The only providers to ask; empty for any.</param>
/// <param name="Ignore">Providers not to ask.</param>
/// <param name="AllowFallbacks">False to have the first choice or nothing.</param>
public sealed record RoutePreferences(
    ImmutableArray<string> Order, ImmutableArray<string> Only, ImmutableArray<string> Ignore, bool AllowFallbacks = true)
{
    public static RoutePreferences None { get; } = new([], [], []);
}
