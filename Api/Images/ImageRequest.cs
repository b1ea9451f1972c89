using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TryOn.Api.Jobs;
using TryOn.Api.Models;

namespace TryOn.Api.Images;

/// <summary>
/// The fields of OpenAI's and OpenRouter's JSON image requests that these routes read. Pictures may be in any of the
/// three lists; the first is the person, unless roles say otherwise.
/// </summary>
/// <param name="InputReferences">OpenRouter: <c>{"type": "image_url", "image_url": {"url": …}}</c>.</param>
/// <param name="Images">OpenAI: <c>{"image_url": …}</c>.</param>
/// <param name="Image">One address or a list of them.</param>
/// <param name="ResponseFormat"><c>b64_json</c> (the default) or <c>url</c>.</param>
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

/// <summary>An image request in the gateway's own terms.</summary>
/// <param name="Inline">True to return pictures as base64, false for addresses.</param>
public sealed record ImageOrder(TryOnRequest Request, bool Stream, bool Inline);
