using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Api.Jobs;
using TryOn.Api.Models;

namespace TryOn.Api.Images;

/// <summary>
/// What these routes read of an image request in JSON, OpenAI's or OpenRouter's. Pictures go into whichever of the three
/// lists the client has; the first is the person, unless roles say otherwise.
/// </summary>
/// <param name="InputReferences">OpenRouter: <c>{"type": "image_url", "image_url": {"url": …}}</c>.</param>
/// <param name="Images">OpenAI: <c>{"image_url": …}</c>.</param>
/// <param name="Image">One address or a list of them.</param>
/// <param name="ResponseFormat"><c>b64_json</c>, as it is without it, or <c>url</c>.</param>
public sealed record ImageRequest(
    string? Model,
    ImmutableArray<string>? Models,
    ProviderPreferences? Provider,
    string? Prompt,
    int? N,
    bool? Stream,
    string? User,
    string? ResponseFormat,
    IReadOnlyList<JsonElement>? InputReferences,
    IReadOnlyList<JsonElement>? Images,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? Image,
    [property: JsonConverter(typeof(OneOrMany))] ImmutableArray<string>? TryonRoles,
    JsonElement? Mask);

/// <summary>An image request as the gateway understands it.</summary>
/// <param name="Inline">Pictures as base64; addresses otherwise.</param>
public sealed record ImageOrder(TryOnRequest Request, bool Stream, bool Inline);
