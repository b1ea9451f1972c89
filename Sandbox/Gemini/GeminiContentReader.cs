using System.Text.Json;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Gemini;

/// <summary>Collects the pictures and counts the text of <c>contents</c>. Each instance reads one request.</summary>
public sealed class GeminiContentReader
{
    private const int PicturesMax = 14;

    private readonly List<SentPicture> _pictures = [];

    public IReadOnlyList<SentPicture> Pictures => _pictures;

    public int TextLength { get; private set; }

    public string? Read(JsonElement root)
    {
        if (!root.TryGetProperty("contents", out var contents) || IsEmptyList(contents))
            return "* GenerateContentRequest.contents: contents is not specified";
        if (GeminiFields.Each(root, "contents", ReadContent) is { } flaw)
            return flaw;
        return _pictures.Count > PicturesMax ? $"At most {PicturesMax} input images are supported." : null;
    }

    private string? ReadContent(JsonElement content, string path)
    {
        if (GeminiFields.Members(content, path, "role", "parts") is { } flaw)
            return flaw;
        if (content.TryGetProperty("role", out var role) && !GeminiFields.IsOneOf(role, "user", "model"))
            return "Please use a valid role: user, model.";
        if (!content.TryGetProperty("parts", out var parts) || IsEmptyList(parts))
            return $"* GenerateContentRequest.{path}.parts: must contain at least one part";
        return GeminiFields.Each(content, "parts", (part, at) => ReadPart(part, $"{path}.{at}"));
    }

    private string? ReadPart(JsonElement part, string path)
    {
        if (GeminiFields.Members(part, path, "text", "inlineData", "fileData") is { } flaw)
            return flaw;
        if (part.EnumerateObject().Count() != 1)
            return $"* GenerateContentRequest.{path}.data: required oneof field 'data' must have one initialized field";
        if (part.TryGetProperty("inlineData", out var blob))
            return ReadBlob(blob, path);
        return part.TryGetProperty("text", out var text)
            ? ReadText(text, path)
            : $"'{path}': file data is not supported by the sandbox.";
    }

    private string? ReadText(JsonElement text, string path)
    {
        if (text.ValueKind != JsonValueKind.String)
            return $"Invalid value at '{path}.text', expected a string.";
        TextLength += text.GetString()!.Length;
        return null;
    }

    private string? ReadBlob(JsonElement blob, string path)
    {
        if (GeminiFields.Members(blob, $"{path}.inline_data", "mimeType", "data") is { } flaw)
            return flaw;
        if (!blob.TryGetProperty("mimeType", out var type))
            return $"* GenerateContentRequest.{path}.inline_data: MIME type is required";
        if (FormatOf(type) is not { } format)
            return $"Unsupported MIME type at '{path}.inline_data': {GeminiFields.Shown(type)}.";
        if (!blob.TryGetProperty("data", out var data) || !SentPicture.TryRead(data, out var picture))
            return $"Invalid value at '{path}.inline_data.data' (TYPE_BYTES), Base64 decoding failed.";
        if (picture.Format != format)
            return "Unable to process input image.";
        _pictures.Add(picture);
        return null;
    }

    private static bool IsEmptyList(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;

    private static PictureFormat? FormatOf(JsonElement mimeType) =>
        mimeType.ValueKind != JsonValueKind.String ? null : mimeType.GetString() switch
        {
            "image/png" => PictureFormat.Png,
            "image/jpeg" => PictureFormat.Jpeg,
            "image/webp" => PictureFormat.WebP,
            "image/heic" or "image/heif" => PictureFormat.Heif,
            _ => null,
        };
}
