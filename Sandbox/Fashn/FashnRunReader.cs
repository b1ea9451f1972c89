using System.Text.Json;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fashn;

/// <summary>A valid run.</summary>
public sealed record FashnRun(SentPicture Person, SentPicture Garment);

/// <summary>
/// Validates a run against the published table of inputs; other top-level fields are allowed, since the vendor's own
/// client sends more.
/// </summary>
public static class FashnRunReader
{
    private static readonly string[] Inputs =
    [
        "model_image", "garment_image", "category", "garment_photo_type", "mode", "moderation_level", "num_samples",
        "seed", "segmentation_free", "output_format", "return_base64",
    ];

    /// <summary>Returns the first error, or null and the run.</summary>
    public static string? Read(Submission submission, out FashnRun? run)
    {
        run = null;
        if (submission.Body is not { } body || !submission.IsJson)
            return "The body must be JSON and not too large";
        using var document = SandboxJson.ParseObject(body);
        if (document is null)
            return "The body is no JSON object";
        var root = document.RootElement;
        if (!root.TryGetProperty("model_name", out var model) || model.ValueKind != JsonValueKind.String
            || model.GetString() != "tryon-v1.6")
            return "model_name must be tryon-v1.6";
        return root.TryGetProperty("inputs", out var inputs) && inputs.ValueKind == JsonValueKind.Object
            ? ReadInputs(inputs, out run)
            : "inputs are required";
    }

    private static string? ReadInputs(JsonElement inputs, out FashnRun? run)
    {
        run = null;
        foreach (var input in inputs.EnumerateObject())
        {
            if (!Inputs.Contains(input.Name))
                return $"inputs.{input.Name} is unknown";
        }

        if (!Picture(inputs, "model_image", out var person))
            return "inputs.model_image must be a data URL of a picture";
        if (!Picture(inputs, "garment_image", out var garment))
            return "inputs.garment_image must be a data URL of a picture";
        run = new FashnRun(person!, garment!);
        return OneOf(inputs, "mode", "performance", "balanced", "quality")
            ?? OneOf(inputs, "moderation_level", "conservative", "permissive", "none")
            ?? OneOf(inputs, "category", "auto", "tops", "bottoms", "one-pieces")
            ?? OneOf(inputs, "output_format", "png", "jpeg");
    }

    private static bool Picture(JsonElement inputs, string name, out SentPicture? picture)
    {
        picture = null;
        return inputs.TryGetProperty(name, out var value) && SentPicture.TryReadDataUrl(value, out picture)
            && picture.Format != PictureFormat.Unknown;
    }

    private static string? OneOf(JsonElement inputs, string name, params string[] known) =>
        inputs.TryGetProperty(name, out var value)
            && (value.ValueKind != JsonValueKind.String || !known.Contains(value.GetString()))
                ? $"inputs.{name} must be one of {string.Join(", ", known)}"
                : null;
}
