using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.OpenAI;

/// <summary>A valid edit request.</summary>
public sealed record OpenAIEdit(
    string Model, IReadOnlyList<SentPicture> Pictures, IReadOnlyDictionary<string, string> Fields,
    string? MaskSha256)
{
    private const int PicturesMax = 16;
    private const int PictureBytesMax = 50 * 1024 * 1024;
    private const int MaskBytesMax = 4 * 1024 * 1024;
    private const int PromptLengthMax = 32_000;

    // gpt-image-1 was shut down on 2026-10-23.
    private static readonly string[] Models =
        ["gpt-image-1.5", "gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare"];

    private static readonly string[] Texts =
    [
        "model", "prompt", "n", "size", "quality", "input_fidelity", "background", "output_format",
        "output_compression", "user", "safety_identifier",
    ];

    /// <summary>Returns the first error, or null and the edit.</summary>
    public static OpenAIError? Read(Submission submission, out OpenAIEdit? edit)
    {
        edit = null;
        if (submission.Body is not { } body)
            return OpenAIErrors.Invalid("The request is too large.", param: null, status: 413);
        if (OpenAIForm.Read(submission.Request.ContentType, body) is not { } parts)
            return OpenAIErrors.Invalid("The sandbox takes a whole multipart form.");
        var fields = new Dictionary<string, string>();
        foreach (var part in parts.Where(part => part.FileName is null))
        {
            if (!Texts.Contains(part.Name) || !fields.TryAdd(part.Name, part.Text))
                return OpenAIErrors.Invalid(
                    $"Unknown or repeated parameter: '{part.Name}'.", part.Name, "unknown_parameter");
        }

        return FlawOf(fields) ?? ReadPictures(parts, fields, out edit);
    }

    private static OpenAIError? FlawOf(Dictionary<string, string> fields)
    {
        if (!Models.Contains(fields.GetValueOrDefault("model")))
            return OpenAIErrors.NoModel(fields.GetValueOrDefault("model"));
        if (fields.GetValueOrDefault("prompt") is not { Length: > 0 and <= PromptLengthMax })
            return OpenAIErrors.Invalid("A prompt has 1 to 32000 characters.", "prompt");
        return OneOf(fields, "quality", "auto", "low", "medium", "high")
            ?? OneOf(fields, "background", "auto", "opaque", "transparent")
            ?? OneOf(fields, "output_format", "png", "jpeg", "webp")
            ?? OneOf(fields, "n", "1")
            ?? (fields.ContainsKey("input_fidelity") && fields["model"] != "gpt-image-1.5"
                ? OpenAIErrors.Invalid("input_fidelity is not supported by this model.", "input_fidelity")
                : OneOf(fields, "input_fidelity", "high", "low"));
    }

    private static OpenAIError? OneOf(Dictionary<string, string> fields, string name, params string[] known) =>
        fields.TryGetValue(name, out var value) && !known.Contains(value)
            ? OpenAIErrors.Invalid($"Invalid value: '{value}'.", name, "invalid_value")
            : null;

    private static OpenAIError? ReadPictures(
        IReadOnlyList<OpenAIPart> parts, Dictionary<string, string> fields, out OpenAIEdit? edit)
    {
        edit = null;
        var files = parts.Where(part => part.FileName is not null).ToList();
        if (files.FirstOrDefault(file => file.Name is not ("image" or "image[]" or "mask")) is { } unknown)
            return OpenAIErrors.Invalid($"Unknown parameter: '{unknown.Name}'.", unknown.Name, "unknown_parameter");
        var pictures = files.Where(file => file.Name != "mask").Select(file => SentPicture.FromBytes(file.Content))
            .ToList();
        if (pictures.Count is 0 or > PicturesMax)
            return OpenAIErrors.Invalid($"1 to {PicturesMax} images are taken.", "image");
        if (pictures.Any(
            picture => picture.Format is PictureFormat.Unknown or PictureFormat.Heif
                || picture.Bytes.Length >= PictureBytesMax))
            return OpenAIErrors.Invalid("An image is no png, jpg or webp below 50 MB.", "image", "invalid_image_file");
        var mask = files.FirstOrDefault(file => file.Name == "mask");
        if (mask is not null && FlawOfMask(mask.Content, pictures[0].Bytes) is { } flaw)
            return OpenAIErrors.Invalid(flaw, "mask", "invalid_mask");
        edit = new OpenAIEdit(fields["model"], pictures, fields, mask is null ? null : Submission.Hash(mask.Content));
        return null;
    }

    private static string? FlawOfMask(byte[] mask, byte[] first)
    {
        if (PictureHeaders.Format(mask) != PictureFormat.Png || mask.Length >= MaskBytesMax)
            return "The mask is no png below 4 MB.";
        return Decoder.Size(mask) == Decoder.Size(first) ? null : "The mask is not of the image's size.";
    }
}
