using System.Text.Json;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fal;

/// <summary>A valid input of either endpoint. An invalid one yields the field at fault and its error type.</summary>
public sealed record FalInput(SentPicture Person, SentPicture Garment, int? Seed, string? Prompt)
{
    private static readonly string[] FluxFields =
    [
        "prompt", "image_urls", "guidance_scale", "num_images", "safety_tolerance", "output_format", "aspect_ratio",
        "seed", "enhance_prompt", "sync_mode",
    ];

    private static readonly string[] KlingFields = ["human_image_url", "garment_image_url", "sync_mode"];

    public static (string Field, string ErrorType)? Read(Submission submission, bool kling, out FalInput? input)
    {
        input = null;
        using var document = submission is { Body: { } body, IsJson: true } ? SandboxJson.ParseObject(body) : null;
        if (document is null)
            return ("body", "value_error.jsondecode");
        var root = document.RootElement;
        foreach (var field in root.EnumerateObject())
        {
            if (!(kling ? KlingFields : FluxFields).Contains(field.Name))
                return (field.Name, "value_error.extra");
        }

        return kling ? ReadKling(root, out input) : ReadFlux(root, out input);
    }

    private static (string Field, string ErrorType)? ReadKling(JsonElement root, out FalInput? input)
    {
        input = null;
        if (!root.TryGetProperty("human_image_url", out var human)
            || !SentPicture.TryReadDataUrl(human, out var person))
            return ("human_image_url", "image_load_error");
        if (!root.TryGetProperty("garment_image_url", out var cloth)
            || !SentPicture.TryReadDataUrl(cloth, out var garment))
            return ("garment_image_url", "image_load_error");
        input = new FalInput(person, garment, Seed: null, Prompt: null);
        return null;
    }

    private static (string Field, string ErrorType)? ReadFlux(JsonElement root, out FalInput? input)
    {
        input = null;
        if (!root.TryGetProperty("prompt", out var prompt) || prompt.ValueKind != JsonValueKind.String)
            return ("prompt", "missing");
        if (!root.TryGetProperty("image_urls", out var urls) || urls.ValueKind != JsonValueKind.Array)
            return ("image_urls", "missing");
        if (root.TryGetProperty("safety_tolerance", out var safety) && safety.ValueKind != JsonValueKind.String)
            return ("safety_tolerance", "value_error.string");
        var pictures = new List<SentPicture>();
        foreach (var url in urls.EnumerateArray())
        {
            if (!SentPicture.TryReadDataUrl(url, out var picture) || picture.Format == PictureFormat.Unknown)
                return ("image_urls", "image_load_error");
            pictures.Add(picture);
        }

        if (pictures.Count == 0)
            return ("image_urls", "sequence_too_short");
        int? seed = root.TryGetProperty("seed", out var value) && value.TryGetInt32(out var number) ? number : null;
        input = new FalInput(pictures[0], pictures[^1], seed, prompt.GetString());
        return null;
    }
}
