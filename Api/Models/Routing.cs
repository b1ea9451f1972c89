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

    /// <summary>
    /// What the caller said beyond naming one model; null for nothing. What the operator has configured is not in it: a
    /// request that is sent again is the same request, whatever may answer it by then.
    /// </summary>
    public string? Said => Models.Length == 1 && Provider?.Said is null ? null : $"{string.Join(',', Models)}\n{Provider?.Said}";
}

/// <summary>OpenRouter's <c>provider</c> object, as far as it means something here. The rest is ignored politely.</summary>
/// <param name="Order">Providers to prefer among those of a model; without fallbacks, the only ones.</param>
/// <param name="AllowFallbacks">False: the first model, by the first provider that is configured, and no other.</param>
public sealed record ProviderPreferences(
    ImmutableArray<string>? Order,
    ImmutableArray<string>? Only,
    ImmutableArray<string>? Ignore,
    bool? AllowFallbacks,
    PriceMax? MaxPrice)
{
    public static ProviderPreferences None { get; } = new(null, null, null, null, null);

    [JsonIgnore]
    public string? Said => this == None
        ? null
        : $"{Join(Order)}\n{Join(Only)}\n{Join(Ignore)}\n{AllowFallbacks}\n{MaxPrice?.Request}\n{MaxPrice?.Image}";

    public bool Affords(Model model) =>
        model.Credits <= (MaxPrice?.Request ?? decimal.MaxValue) && model.Credits <= (MaxPrice?.Image ?? decimal.MaxValue);

    /// <summary>Null when these rules leave nobody.</summary>
    public RoutePreferences? ToRoutePreferences()
    {
        var (order, only, fallbacks) = (Slugs(Order), Slugs(Only), AllowFallbacks ?? true);
        if (fallbacks || order.IsEmpty)
            return new RoutePreferences(order, only, Slugs(Ignore), fallbacks);
        var left = only.IsEmpty ? order : order.RemoveAll(name => !only.Contains(name));
        return left.IsEmpty ? null : new RoutePreferences(order, left, Slugs(Ignore), AllowFallbacks: false);
    }

    private static ImmutableArray<string> Slugs(ImmutableArray<string>? names) => [.. (names ?? []).SelectMany(Slugs).Distinct()];

    /// <summary>A provider goes by its own slug, its name, and what its models' slugs begin with.</summary>
    private static IEnumerable<string> Slugs(string name) => Catalog.Models
        .Where(model => new[] { model.Provider, model.ProviderName, model.Slug.Split('/')[0] }
            .Contains(name, StringComparer.OrdinalIgnoreCase))
        .Select(model => model.Provider).DefaultIfEmpty(name);

    private static string Join(ImmutableArray<string>? names) => string.Join(',', names ?? []);
}

/// <summary>In credits. OpenRouter's clients write prices as text or as numbers.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record PriceMax(decimal? Request, decimal? Image);
