using System.Collections.Immutable;
using TryOn.Api.Inputs;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>
/// A try-on as requested by TryItOn's and FASHN's clients. Both of TryItOn's vocabularies of categories are accepted.
/// Fields that no model supports are validated and otherwise ignored; unknown fields are ignored.
/// </summary>
/// <param name="ModelImage">The person: an https or data URL, or bare base64.</param>
/// <param name="Category">auto | tops | bottoms | one-pieces, or clothing | eyewear | footwear | and so on.</param>
/// <param name="Subcategory">tops | bottoms | dresses, and kinds of jewelry and accessories.</param>
/// <param name="Mode">performance | balanced | quality.</param>
/// <param name="NumSamples">Pictures wanted, 1 to 4; each costs what the model costs.</param>
/// <param name="OutputFormat">png | jpeg. Only a preference: models choose their own format.</param>
/// <param name="ReturnBase64">True for FASHN's answers to contain the pictures themselves. TryItOn's always contain
/// addresses.</param>
/// <param name="Seed">0 to 4294967295; validated, but no model takes a seed.</param>
public sealed record ClothesInputs(
    string? ModelImage,
    string? GarmentImage,
    string? Category,
    string? Subcategory,
    string? Mode,
    int? NumSamples,
    string? OutputFormat,
    long? Seed,
    string? ModerationLevel,
    bool? ReturnBase64)
{
    private static readonly ImmutableArray<string> Clothes =
        ["auto", "tops", "bottoms", "one-pieces", "clothing", "dresses", "full-body"];

    private static readonly ImmutableArray<string> Accessories =
        ["eyewear", "footwear", "headwear", "jewelry", "accessories", "others"];

    /// <param name="model">Slug of a model; null for the configured one.</param>
    /// <param name="hash">Hash of the body's bytes.</param>
    public Result<TryOnRequest> ToRequest(SurfaceOptions surfaces, string? model, HttpRequest request, string hash)
    {
        if (Refuse() is { } refusal)
            return refusal;
        var configured = Accessories.Contains(Category ?? "") ? surfaces.AccessoriesModel : surfaces.ClothesModel;
        return new TryOnRequest(
            model ?? configured, [new ImageReference("model_image", Content: null, ModelImage)],
            [new ImageReference("garment_image", Content: null, GarmentImage)],
            Mask: null, Prompt(), Mode == "performance", request.Headers["Idempotency-Key"], EndUser: null,
            NumSamples ?? 1, RetryMark: RetryMark.WhenMarked(request, hash));
    }

    private Error? Refuse() =>
        InputRules.Required("model_image", ModelImage)
        ?? InputRules.Required("garment_image", GarmentImage)
        ?? InputRules.OneOf("category", Category, [.. Clothes, .. Accessories])
        ?? InputRules.Text("subcategory", Subcategory)
        ?? InputRules.OneOf("mode", Mode, ["performance", "balanced", "quality"])
        ?? InputRules.Samples(NumSamples)
        ?? InputRules.OutputOptions(OutputFormat, ModerationLevel, Seed);

    /// <summary>Null leaves the prompt to the model's adapter. A model that takes no prompt ignores it.</summary>
    private string? Prompt()
    {
        var what = Subcategory is { Length: > 0 } ? Subcategory : Category;
        return what is null or "" or "auto" or "clothing" or "others"
            ? null
            : "Show the person of the first picture wearing the item of the second picture "
                + $"({what.Replace('-', ' ')}), "
                + "fitted naturally. Keep the person, the pose, the other clothes and the background as they are.";
    }
}
