using System.Text.Json;

namespace TryOn.Sandbox.Gemini;

/// <summary>Checks <c>generationConfig</c> and <c>safetySettings</c>.</summary>
public static class GeminiConfigReader
{
    // Part of the API's schema, but supported on Vertex only.
    private static readonly string[] VertexOnly =
        ["personGeneration", "outputMimeType", "outputCompressionQuality", "imageOutputOptions", "prominentPeople"];

    public static string? Check(JsonElement root, GeminiModel model)
    {
        if (GeminiFields.Each(root, "safetySettings", CheckSafety) is { } unsafeFlaw)
            return unsafeFlaw;
        if (!root.TryGetProperty("generationConfig", out var config))
            return null;
        return GeminiFields.Members(config, "generation_config", "responseModalities", "imageConfig")
            ?? GeminiFields.Each(config, "responseModalities", CheckModality)
            ?? (config.TryGetProperty("imageConfig", out var image) ? CheckImage(image, model) : null);
    }

    /// <summary>
    /// Whether the answer is to include a modality. Without a list, or with an empty one, a model answers with both
    /// text and image.
    /// </summary>
    public static bool Wants(JsonElement root, string modality) =>
        !root.TryGetProperty("generationConfig", out var config)
        || !config.TryGetProperty("responseModalities", out var wanted)
        || wanted.GetArrayLength() == 0
        || wanted.EnumerateArray().Any(value => value.GetString() == modality);

    private static string? CheckModality(JsonElement value, string path) =>
        GeminiFields.IsOneOf(value, "TEXT", "IMAGE")
            ? null
            : $"Invalid value at '{path}': {GeminiFields.Shown(value)}.";

    private static string? CheckImage(JsonElement image, GeminiModel model)
    {
        if (GeminiFields.Members(image, "image_config", ["aspectRatio", "imageSize", .. VertexOnly]) is { } flaw)
            return flaw;
        if (VertexOnly.FirstOrDefault(name => image.TryGetProperty(name, out _)) is { } refused)
            return $"{refused} parameter is not supported in Gemini API.";
        if (image.TryGetProperty("aspectRatio", out var ratio)
            && (ratio.ValueKind != JsonValueKind.String || !model.TakesAspectRatio(ratio.GetString())))
            return $"aspect_ratio {GeminiFields.Shown(ratio)} is not supported by {model.Name}.";
        if (image.TryGetProperty("imageSize", out _) && !model.TakesImageSize)
            return $"image_size is not supported by {model.Name}.";
        return GeminiFields.OneOf(image, "imageSize", "1K", "2K", "4K");
    }

    private static string? CheckSafety(JsonElement setting, string path)
    {
        if (GeminiFields.Members(setting, path, "category", "threshold") is { } flaw)
            return flaw;
        if (!setting.TryGetProperty("category", out _) || !setting.TryGetProperty("threshold", out _))
            return $"'{path}' needs a category and a threshold.";
        return GeminiFields.OneOf(setting, "category", "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH",
                "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_CIVIC_INTEGRITY")
            ?? GeminiFields.OneOf(setting, "threshold", "OFF", "BLOCK_NONE", "BLOCK_ONLY_HIGH",
                "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_LOW_AND_ABOVE");
    }
}
