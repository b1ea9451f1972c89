using System.Text.Json.Serialization;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>
/// One list that OpenAI's, OpenRouter's and TryOn-API's clients can all parse; OpenRouter's client requires every key.
/// </summary>
public sealed record ModelList(string Object, IReadOnlyList<ModelObject> Data, ModelPages Links, int TotalCount)
{
    private const string Offset = "offset";

    public static ModelList FromQuery(HttpRequest request, ModelQuery query, Func<Model, ModelObject> describe)
    {
        var all = query.Matches();
        var page = all.Skip(query.Offset ?? 0).Take(query.Limit ?? ModelQuery.LimitMax).ToList();
        var next = (query.Offset ?? 0) + page.Count;
        return new ModelList(
            "list", [.. page.Select(describe)],
            new ModelPages(next < all.Count && page.Count > 0 ? AddressFrom(request, next) : null),
            all.Count);
    }

    /// <summary>The same list from another offset; filters and order stay in the address.</summary>
    private static string AddressFrom(HttpRequest request, int offset) =>
        request.PathBase + request.Path + QueryString.Create(
        request.Query.Where(parameter => !parameter.Key.Equals(Offset, StringComparison.OrdinalIgnoreCase))
            .Append(new(Offset, $"{offset}")));
}

/// <param name="Next">Address of the next page; null on the last.</param>
public sealed record ModelPages([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

public sealed record ModelObject(
    string Id,
    string Object,
    string OwnedBy,
    long Created,
    string CanonicalSlug,
    string Name,
    string Description,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? ContextLength,
    ModelArchitecture Architecture,
    ModelPricing Pricing,
    ModelTopProvider TopProvider,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? PerRequestLimits,
    IReadOnlyList<string> SupportedParameters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? DefaultParameters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? SupportedVoices,
    ModelLinks Links,
    string Provider,
    string Kind,
    ModelCapabilityObject Capabilities,
    string ExecutionMode,
    int ExpectedLatencySeconds,
    IReadOnlyList<int> LatencyRangeSeconds,
    long Credits)
{
    /// <summary>
    /// The providers that answer for accounts of the caller's mode, the first choice first; empty if there are none.
    /// </summary>
    public IReadOnlyList<ModelRoute> ServedBy { get; init; } = [];

    /// <summary>The day the catalog was published, since OpenAI's schema requires a date for every model.</summary>
    private const long CatalogPublished = 1763683200;

    /// <summary>Optional request fields that this model supports, beyond its pictures.</summary>
    public static IReadOnlyList<string> Parameters(Model model) =>
    [
        .. model.Capabilities.Mask ? ["mask"] : Array.Empty<string>(),
        .. model.Capabilities.PromptOverride ? ["prompt"] : Array.Empty<string>(),
        .. model.Capabilities.FastMode ? ["fast_mode"] : Array.Empty<string>(),
    ];

    public static ModelObject FromModel(Model model) => new(
        model.Slug, "model", model.Provider, CatalogPublished, model.Slug, model.Name, model.Description,
        ContextLength: null,
        new ModelArchitecture("text+image->image", ["image", "text"], ["image"], InstructType: null),
        new ModelPricing("0", "0", model.Credits.ToString()),
        new ModelTopProvider(IsModerated: false, ContextLength: null, MaxCompletionTokens: null),
        PerRequestLimits: null, Parameters(model), DefaultParameters: null, SupportedVoices: null,
        new ModelLinks($"/api/v1/models/{model.Slug}/endpoints"),
        model.Provider,
        model.Kind == ModelKind.DedicatedTryOn ? "dedicated-tryon" : "generative-image",
        ModelCapabilityObject.FromCapabilities(model.Capabilities),
        model.Execution == Core.Models.ExecutionMode.Sync ? "sync" : "submit-poll",
        (int)model.LatencyExpected.TotalSeconds,
        [(int)model.LatencyMin.TotalSeconds, (int)model.LatencyMax.TotalSeconds],
        model.Credits);
}

/// <param name="Tokenizer">Image models have none, but clients reject null; "Other" is a value they know.</param>
public sealed record ModelArchitecture(
    string Modality,
    IReadOnlyList<string> InputModalities,
    IReadOnlyList<string> OutputModalities,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? InstructType,
    string Tokenizer = "Other");

/// <summary>Token limits, which image models do not have.</summary>
public sealed record ModelTopProvider(
    bool IsModerated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? ContextLength,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? MaxCompletionTokens);

public sealed record ModelLinks(string Details);

/// <summary>Prices as strings, as OpenRouter has them; the price of a request is in credits.</summary>
public sealed record ModelPricing(string Prompt, string Completion, string Request);

public sealed record ModelCapabilityObject(
    IReadOnlyList<string> Categories, int MaxPersonImages, int MaxGarmentImages, bool Mask, bool PromptOverride,
    bool FastMode)
{
    public static ModelCapabilityObject FromCapabilities(ModelCapabilities can) => new(
        can.Categories, can.PersonImagesMax, can.GarmentImagesMax, can.Mask, can.PromptOverride, can.FastMode);
}
