using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>OpenRouter's filters of its list of models. One that means nothing here leaves the list as it is.</summary>
/// <param name="Q">Words to find in slug, name or description.</param>
/// <param name="OutputModalities">Separated by commas; every model here makes an image.</param>
/// <param name="SupportedParameters">Separated by commas: mask, prompt, fast_mode.</param>
/// <param name="Sort">price, latency or name; with <c>:desc</c> the other way round.</param>
public sealed record ModelQuery(
    string? Q, string? OutputModalities, string? InputModalities, string? SupportedParameters, string? Sort, int? Offset,
    int? Limit)
{
    public const int LimitMax = 1000;

    public IReadOnlyList<Model> Matches() => Sorted(
        [
            .. Catalog.Models.Where(model =>
                Words(OutputModalities, ["image", "all"]) && Words(InputModalities, ["image", "text", "all"])
                && Split(SupportedParameters).All(ModelObject.Parameters(model).Contains) && Found(model)),
        ]);

    /// <summary>True when nothing is asked for, or something of what there is.</summary>
    private static bool Words(string? asked, string[] there) => Split(asked) is not { Length: > 0 } words || words.Any(there.Contains);

    private static string[] Split(string? text) =>
        (text ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

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
        // OrderBy is stable, so that models of one price stay in the catalog's order.
        var sorted = models.Order(Comparer<Model>.Create(down ? (one, other) => order(other, one) : order));
        return [.. sorted];
    }
}
