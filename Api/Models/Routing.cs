using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>Which models may answer, in the caller's order, and which providers may serve them.</summary>
/// <param name="Models">Never empty; the first is the one that is wanted.</param>
public sealed record Routing(ImmutableArray<string> Models, ProviderPreferences? Provider)
{
    /// <summary>As many models as a list may name.</summary>
    public const int ModelsMax = 8;
}

/// <summary>OpenRouter's <c>provider</c> object, as far as it means something here. The rest is ignored politely.</summary>
/// <param name="Order">Providers to prefer; without fallbacks, the only ones.</param>
/// <param name="AllowFallbacks">False: the first model and no other.</param>
public sealed record ProviderPreferences(
    ImmutableArray<string>? Order,
    ImmutableArray<string>? Only,
    ImmutableArray<string>? Ignore,
    bool? AllowFallbacks,
    PriceMax? MaxPrice)
{
    public bool Allow(Model model) =>
        Names(Only, model, orElse: true)
        && !Names(Ignore, model, orElse: false)
        && (AllowFallbacks != false || Names(Order, model, orElse: true))
        && model.Credits <= (MaxPrice?.Request ?? decimal.MaxValue)
        && model.Credits <= (MaxPrice?.Image ?? decimal.MaxValue);

    /// <summary>A provider goes by its own slug, its name, and what the model's slug begins with.</summary>
    private static bool Names(ImmutableArray<string>? list, Model model, bool orElse) => list is not { Length: > 0 } names
        ? orElse
        : names.Any(name => new[] { model.Provider, model.ProviderName, model.Slug.Split('/')[0] }
            .Contains(name, StringComparer.OrdinalIgnoreCase));
}

/// <summary>In credits. OpenRouter's clients write prices as text or as numbers.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record PriceMax(decimal? Request, decimal? Image);
