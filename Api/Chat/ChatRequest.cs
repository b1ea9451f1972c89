using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Api.Jobs;
using TryOn.Api.Models;
using TryOn.Api.Outputs;

namespace TryOn.Api.Chat;

/// <summary>The fields of an OpenAI or OpenRouter chat request that this route reads. All others are ignored.</summary>
/// <param name="Models">Further models that may answer, in this order.</param>
/// <param name="N">Pictures wanted, 1 to 4; each costs what the model costs.</param>
/// <param name="TryonRoles"><c>person</c> or <c>garment</c> for each image in order, for clients that drop the role of
/// a part.</param>
/// <param name="ReturnBase64">True to get pictures as data URLs.</param>
public sealed record ChatRequest(
    string? Model,
    ImmutableArray<string>? Models,
    ProviderPreferences? Provider,
    bool? Stream,
    int? N,
    string? User,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? TryonRoles,
    ChatMetadata? Metadata,
    ImageConfig? ImageConfig,
    bool? ReturnBase64,
    IReadOnlyList<ChatMessage?>? Messages);

/// <param name="Content">Text, or a list of parts, as <see cref="ChatPart"/> reads them.</param>
public sealed record ChatMessage(string? Role, JsonElement Content);

public sealed record ChatImageUrl(string? Url);

/// <param name="TryonRoles">The same roles as comma-separated text, for clients that pass on no other field.</param>
public sealed record ChatMetadata(string? TryonRoles);
