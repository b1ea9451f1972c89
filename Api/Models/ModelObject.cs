using System.Text.Json.Serialization;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>One list that OpenAI, OpenRouter and TryOn-API readers all parse; OpenRouter's client insists on every key.</summary>
public sealed record ModelList(string Object, IReadOnlyList<ModelObject> Data);

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
    string Provider,
    string Kind,
    ModelCapabilityObject Capabilities,
    string ExecutionMode,
    int ExpectedLatencySeconds,
    IReadOnlyList<int> LatencyRangeSeconds,
    long Credits)
{
    /// <summary>The day the catalog was published: OpenAI's schema wants a date of every model.</summary>
    private const long CatalogPublished = 1763683200;

    public static ModelObject Of(Model model) => new(
        model.Slug, "model", model.Provider, CatalogPublished, model.Slug, model.Name, model.Description,
        ContextLength: null,
        new ModelArchitecture("text+image->image", ["image", "text"], ["image"]),
        new ModelPricing("0", "0", model.Credits.ToString()),
        model.Provider,
        model.Kind == ModelKind.DedicatedTryOn ? "dedicated-tryon" : "generative-image",
        ModelCapabilityObject.Of(model.Capabilities),
        model.Execution == Core.Models.ExecutionMode.Sync ? "sync" : "submit-poll",
        (int)model.LatencyExpected.TotalSeconds,
        [(int)model.LatencyMin.TotalSeconds, (int)model.LatencyMax.TotalSeconds],
        model.Credits);
}

public sealed record ModelArchitecture(
    string Modality, IReadOnlyList<string> InputModalities, IReadOnlyList<string> OutputModalities);

/// <summary>OpenRouter's strings; the price of a request is in credits.</summary>
public sealed record ModelPricing(string Prompt, string Completion, string Request);

public sealed record ModelCapabilityObject(
    IReadOnlyList<string> Categories, int MaxPersonImages, int MaxGarmentImages, bool Mask, bool PromptOverride, bool FastMode)
{
    public static ModelCapabilityObject Of(ModelCapabilities can) => new(
        can.Categories, can.PersonImagesMax, can.GarmentImagesMax, can.Mask, can.PromptOverride, can.FastMode);
}
