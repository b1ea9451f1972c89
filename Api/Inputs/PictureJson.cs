using System.Collections.Immutable;
using System.Text.Json;

namespace TryOn.Api.Inputs;

/// <summary>
/// A picture in JSON, in the wrappings of the common clients: OpenAI's <c>image_url</c>, OpenRouter's <c>file</c>,
/// Anthropic's <c>source</c>, LangChain's and Vercel's fields.
/// </summary>
public static class PictureJson
{
    private static readonly ImmutableArray<string> Wrappings =
    [
        "image_url", "imageUrl", "source", "file", "image", "inline_data", "inlineData", "file_data", "fileData",
        "file_url", "fileUrl", "url",
    ];

    private static readonly ImmutableArray<string> Base64Fields = ["base64", "data", "b64_json"];

    /// <summary>The text that <see cref="PictureText"/> reads; null where there is none.</summary>
    public static string? Find(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Object => Wrapped(item) ?? Encoded(item),
        _ => null,
    };

    private static string? Wrapped(JsonElement item) => Wrappings
        .Select(name => item.TryGetProperty(name, out var inner) ? Find(inner) : null)
        .FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>Base64 that is not known by its first bytes is marked as base64: it is no address either.</summary>
    private static string? Encoded(JsonElement item)
    {
        foreach (var name in Base64Fields)
        {
            if (!item.TryGetProperty(name, out var field) || field.ValueKind != JsonValueKind.String)
                continue;
            var text = field.GetString()!;
            return text.Contains(':', StringComparison.Ordinal)
                || PictureSignature.BeginsBase64(text, percentEncoded: false)
                    ? text
                    : $"data:;base64,{text}";
        }

        return null;
    }
}
