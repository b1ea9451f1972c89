using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>OpenRouter's filters for its list of models. A filter without a meaning here is ignored.</summary>
/// <param name="Q">Text to find in slug, name or description.</param>
/// <param name="OutputModalities">Comma-separated; every model here outputs an image.</param>
/// <param name="SupportedParameters">Comma-separated: mask, prompt, fast_mode.</param>
/// <param name="Sort">price, latency or name; with <c>:desc</c> in descending order.</param>
public sealed record ModelQuery(
    string? Q, string? OutputModalities, string? InputModalities, string? SupportedParameters, string? Sort,
    int? Offset, int? Limit)
{
    public const int LimitMax = 1000;

    public IReadOnlyList<Model> Matches() => Sorted(
        [
            .. Catalog.Models.Where(model =>
                AcceptsAny(OutputModalities, ["image", "all"]) && AcceptsAny(InputModalities, ["image", "text", "all"])
                && Split(SupportedParameters).All(ModelObject.Parameters(model).Contains) && Found(model)),
        ]);

    /// <summary>True when no value is given, or at least one of them is supported.</summary>
    private static bool AcceptsAny(string? asked, string[] there) =>
        Split(asked) is not { Length: > 0 } words || words.Any(there.Contains);

    private static string[] Split(string? text) =>
        (text ?? "").ToLowerInvariant()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private bool Found(Model model) => string.IsNullOrWhiteSpace(Q)
        || new[] { model.Slug, model.Name, model.Description }.Any(
            text => text.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase));

    private List<Model> Sorted(List<Model> models)
    {
        var (by, down) = (Sort ?? "").Split(':') is [var name, "desc"] ? (name, true) : (Sort ?? "", false);
        Comparison<Model>? order = by switch
        {
            "price" or "pricing-low-to-high" => (one, other) => one.Credits.CompareTo(other.Credits),
            "pricing-high-to-low" => (one, other) => other.Credits.CompareTo(one.Credits),
            "latency" or "latency-low-to-high" => (one, other) => one.LatencyExpected.CompareTo(other.LatencyExpected),
            "name" => (one, other) => string.CompareOrdinal(one.Name, other.Name),
            _ => null,
        };
        if (order is null)
            return models;
        // The sort is stable, so models with equal keys stay in the catalog's order.
        var sorted = models.Order(Comparer<Model>.Create(down ? (one, other) => order(other, one) : order));
        return [.. sorted];
    }
}
