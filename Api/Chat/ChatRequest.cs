using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Api.Images;
using TryOn.Api.Jobs;
using TryOn.Api.Models;

namespace TryOn.Api.Chat;

/// <summary>What this route reads of an OpenAI or OpenRouter chat request. Everything else is ignored politely.</summary>
/// <param name="Models">Further models that may answer, in this order.</param>
/// <param name="N">Pictures wanted, 1 to 4; each costs what the model costs.</param>
/// <param name="TryonRoles">person or garment, for the images in their order; for clients that drop a part's own role.</param>
/// <param name="ReturnBase64">True: pictures come as data URLs.</param>
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

/// <param name="Content">Text, or a list of parts.</param>
public sealed record ChatMessage(string? Role, JsonElement Content);

public sealed record ChatPart(string? Type, string? Text, ChatImageUrl? ImageUrl, string? TryonRole);

public sealed record ChatImageUrl(string? Url);

/// <param name="TryonRoles">The same roles as text, separated by commas: some clients send no other field on.</param>
public sealed record ChatMetadata(string? TryonRoles);
