using System.Text.Json.Serialization;
using TryOn.Core.Models;

namespace TryOn.Api.Models;

/// <summary>OpenRouter's envelope.</summary>
public sealed record Enveloped<T>(T Data);

public sealed record ModelCount(int Count);

/// <summary>
/// The endpoints that serve a model; here always one provider. OpenRouter's client requires every key.
/// </summary>
public sealed record ModelEndpointList(
    string Id, string Name, long Created, string Description, ModelArchitecture Architecture,
    IReadOnlyList<ModelEndpointObject> Endpoints)
{
    public static ModelEndpointList FromModel(Model model)
    {
        var listed = ModelObject.FromModel(model);
        return new ModelEndpointList(
            listed.Id, listed.Name, listed.Created, listed.Description, listed.Architecture,
            [ModelEndpointObject.FromModel(listed, model)]);
    }
}

/// <param name="Tag">The provider's name as used in <c>provider.only</c> and similar fields.</param>
public sealed record ModelEndpointObject(
    string Name, string ModelId, string ModelName, string ProviderName, string Tag, ModelPricing Pricing,
    IReadOnlyList<string> SupportedParameters, int ContextLength, ToolChoices SupportsToolChoice,
    string? Quantization = null, int? MaxCompletionTokens = null, int? MaxPromptTokens = null,
    bool SupportsImplicitCaching = false,
    [property: JsonPropertyName("latency_last_30m")] object? LatencyLast30M = null,
    [property: JsonPropertyName("throughput_last_30m")] object? ThroughputLast30M = null,
    [property: JsonPropertyName("uptime_last_5m")] double? UptimeLast5M = null,
    [property: JsonPropertyName("uptime_last_30m")] double? UptimeLast30M = null,
    [property: JsonPropertyName("uptime_last_1d")] double? UptimeLast1D = null, int Status = 0)
{
    public static ModelEndpointObject FromModel(ModelObject listed, Model model) => new(
        $"{model.ProviderName} | {model.Slug}", model.Slug, model.Name, model.ProviderName, model.Provider,
        listed.Pricing, listed.SupportedParameters, ContextLength: 0, new ToolChoices());
}

/// <summary>Image models support no tools.</summary>
public sealed record ToolChoices(bool Auto = false, bool None = false, bool Required = false, bool Function = false);

/// <summary>A model in OpenRouter's list of image models.</summary>
public sealed record ImageModel(
    string Id, string Name, string Description, long Created, ModelModalities Architecture, string Endpoints,
    IReadOnlyDictionary<string, object> SupportedParameters, bool SupportsStreaming)
{
    public static ImageModel FromModel(Model model)
    {
        var listed = ModelObject.FromModel(model);
        return new ImageModel(
            listed.Id, listed.Name, listed.Description, listed.Created,
            new ModelModalities(listed.Architecture.InputModalities, listed.Architecture.OutputModalities),
            $"/api/v1/models/{model.Slug}/endpoints", new Dictionary<string, object>(), SupportsStreaming: true);
    }
}

public sealed record ModelModalities(IReadOnlyList<string> InputModalities, IReadOnlyList<string> OutputModalities);
