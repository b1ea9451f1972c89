using TryOn.Api.Inputs;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>A try-on of a haircut. There is no garment: the prompt tells a generative model what to change.</summary>
/// <param name="FaceImage">An https or data URL, or bare base64.</param>
/// <param name="Haircut">A name such as <c>BobCut</c>; its words become part of the prompt.</param>
/// <param name="HairColor">A colour, in any wording.</param>
/// <param name="NumSamples">Pictures wanted, 1 to 4; each costs what the model costs.</param>
public sealed record HairstyleInputs(
    string? FaceImage, string? Haircut, string? HairColor, int? NumSamples, string? OutputFormat)
{
    /// <param name="hash">Hash of the body's bytes.</param>
    public Result<TryOnRequest> ToRequest(SurfaceOptions surfaces, HttpRequest request, string hash) =>
        Refuse() is { } refusal
        ? refusal
        : new TryOnRequest(
            surfaces.HairstyleModel, [new ImageReference("face_image", Content: null, FaceImage)], [], Mask: null,
            Prompt(), FastMode: false, request.Headers["Idempotency-Key"], EndUser: null, NumSamples ?? 1,
            RetryMark: RetryMark.WhenMarked(request, hash), GarmentsMin: 0);

    private Error? Refuse() =>
        InputRules.Required("face_image", FaceImage)
        ?? InputRules.Required("haircut", Haircut)
        ?? InputRules.Text("haircut", Haircut)
        ?? InputRules.Text("hair_color", HairColor)
        ?? InputRules.Samples(NumSamples)
        ?? InputRules.OutputOptions(OutputFormat, moderation: null, seed: null);

    private string Prompt()
    {
        var color = string.IsNullOrWhiteSpace(HairColor)
            ? "Keep the colour of the hair."
            : $"Colour the hair: {HairColor}.";
        return $"Give the person of the picture this haircut: {SplitWords(Haircut!)}. {color} Keep the face, its "
            + "expression, the clothes, the "
            + "light and the background exactly as they are.";
    }

    /// <summary>Splits a name into words: <c>BobCut</c> becomes "bob cut".</summary>
    private static string SplitWords(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) && index > 0 && char.IsLower(name[index - 1]) ? $" {letter}" : $"{letter}"))
            .ToLowerInvariant();
}
