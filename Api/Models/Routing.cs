using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>Which models may answer, in the caller's order, and which providers may serve them.</summary>
/// <param name="Models">Never empty; the first is the preferred one.</param>
public sealed record Routing(ImmutableArray<string> Models, ProviderPreferences? Provider)
{
    /// <summary>Most models that a request may name.</summary>
    public const int ModelsMax = 8;

    /// <summary>
    /// What the caller specified beyond naming one model, as part of the fingerprint; null for nothing. The operator's
    /// configuration is not included, so that a retry is the same request even if the configuration has changed.
    /// </summary>
    public string? FingerprintPart =>
        Models.Length == 1 && Provider?.FingerprintPart is null
            ? null
            : $"{string.Join(',', Models)}\n{Provider?.FingerprintPart}";
}

/// <summary>OpenRouter's <c>provider</c> object, as far as it has a meaning here. Other fields are ignored.</summary>
/// <param name="Order">Providers to prefer among those of a model; without fallbacks, the only ones.</param>
/// <param name="AllowFallbacks">False to use only the first model and only its first configured provider.</param>
public sealed record ProviderPreferences(
    ImmutableArray<string>? Order,
    ImmutableArray<string>? Only,
    ImmutableArray<string>? Ignore,
    bool? AllowFallbacks,
    PriceMax? MaxPrice)
{
    public static ProviderPreferences None { get; } = new(null, null, null, null, null);

    [JsonIgnore]
    public string? FingerprintPart => this == None
        ? null
        : $"{Join(Order)}\n{Join(Only)}\n{Join(Ignore)}\n{AllowFallbacks}\n{MaxPrice?.Request}\n{MaxPrice?.Image}";

    public bool AllowsPriceOf(Model model) =>
        model.Credits <= (MaxPrice?.Request ?? decimal.MaxValue)
            && model.Credits <= (MaxPrice?.Image ?? decimal.MaxValue);

    /// <summary>Null when these rules exclude every provider.</summary>
    public RoutePreferences? ToRoutePreferences()
    {
        var (order, only, fallbacks) = (Slugs(Order), Slugs(Only), AllowFallbacks ?? true);
        if (fallbacks || order.IsEmpty)
            return new RoutePreferences(order, only, Slugs(Ignore), fallbacks);
        var left = only.IsEmpty ? order : order.RemoveAll(name => !only.Contains(name));
        return left.IsEmpty ? null : new RoutePreferences(order, left, Slugs(Ignore), AllowFallbacks: false);
    }

    private static ImmutableArray<string> Slugs(ImmutableArray<string>? names) =>
        [.. (names ?? []).SelectMany(Slugs).Distinct()];

    /// <summary>A provider can be named by its slug, its display name, or the prefix of its models' slugs.</summary>
    private static IEnumerable<string> Slugs(string name) => Catalog.Models
        .Where(model => new[] { model.Provider, model.ProviderName, model.Slug.Split('/')[0] }
            .Contains(name, StringComparer.OrdinalIgnoreCase))
        .Select(model => model.Provider).DefaultIfEmpty(name);

    private static string Join(ImmutableArray<string>? names) => string.Join(',', names ?? []);
}

/// <summary>Maximum prices in credits. OpenRouter's clients write prices as text or as numbers.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed record PriceMax(decimal? Request, decimal? Image);
