using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Api.Inputs;
using TryOn.Core.Errors;

namespace TryOn.Api.Chat;

/// <summary>A part of what a user wrote: words, or a picture, or nothing that is read here.</summary>
/// <param name="Picture">The text that stands for it; null for a part that is none.</param>
public sealed record ChatPart(string? Text, string? Picture, string? TryonRole)
{
    private const int TypeLengthShown = 64;

    private static readonly ImmutableArray<string> Texts = ["text", "input_text", "output_text"];

    private static readonly ImmutableArray<string> Pictures =
        ["image_url", "input_image", "image", "file", "input_file", "media"];

    /// <summary>A model's own words, which clients send back. They hold no picture and nothing to be done.</summary>
    private static readonly ImmutableArray<string> Thoughts =
        ["refusal", "reasoning", "reasoning_text", "summary_text", "thinking", "redacted_thinking"];

    private static readonly ChatPart Nothing = new(Text: null, Picture: null, TryonRole: null);

    private static readonly Error NoParts = new(
        ErrorCode.InvalidRequest, "A message's content is text or a list of parts.", "messages");

    /// <summary>The parts of one message.</summary>
    public static Result<IReadOnlyList<ChatPart>> ReadAll(JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return Done([]);
            case JsonValueKind.String:
                return Done([new ChatPart(content.GetString(), Picture: null, TryonRole: null)]);
            case JsonValueKind.Object:
                var only = Read(content);
                return only.Ok ? Done([only.Value]) : only.Error;
            case JsonValueKind.Array:
                var parts = new List<ChatPart>();
                foreach (var item in content.EnumerateArray())
                {
                    var part = Read(item);
                    if (!part.Ok)
                        return part.Error;
                    parts.Add(part.Value);
                }

                return Done(parts);
            default:
                return NoParts;
        }
    }

    /// <summary>
    /// A part of a type that is not known is refused: were it left out and held a picture, the next picture would be
    /// taken for the person.
    /// </summary>
    private static Result<ChatPart> Read(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
            return NoParts;
        var type = part.TryGetProperty("type", out var named) ? StringOf(named) : TypeOf(part);
        return type switch
        {
            null => new Error(ErrorCode.InvalidRequest, "A part of a message's content has no type.", "messages"),
            _ when Texts.Contains(type) => OfText(part),
            _ when Pictures.Contains(type) => OfPicture(part, type),
            _ when Thoughts.Contains(type) => Nothing,
            _ => new Error(
                ErrorCode.InvalidRequest,
                $"A part of the type {Shown(type)} is not read here; there are text and image_url.", "messages"),
        };
    }

    private static Result<ChatPart> OfText(JsonElement part) =>
        part.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String or JsonValueKind.Null
            ? new ChatPart(StringOf(text), Picture: null, TryonRole: null)
            : new Error(ErrorCode.InvalidRequest, "A part of the type text has a text.", "messages");

    private static Result<ChatPart> OfPicture(JsonElement part, string type) =>
        PictureJson.Find(part) is { Length: > 0 } picture
            ? new ChatPart(Text: null, picture, Role(part))
            : new Error(
                ErrorCode.InvalidRequest,
                $"A part of the type {type} holds no picture; give its data or its https address.", "messages");

    private static string? TypeOf(JsonElement part) =>
        part.TryGetProperty("text", out _) ? "text" : PictureJson.Find(part) is null ? null : "image";

    /// <summary>What is no text is no role either, and is refused with those that are unknown.</summary>
    private static string? Role(JsonElement part) =>
        !part.TryGetProperty("tryon_role", out var role) || role.ValueKind == JsonValueKind.Null
            ? null
            : StringOf(role) ?? "";

    private static string? StringOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Shown(string type) => type.Length <= TypeLengthShown ? type : $"{type[..TypeLengthShown]}…";

    private static Result<IReadOnlyList<ChatPart>> Done(List<ChatPart> parts) => new(parts, Error: null);
}
