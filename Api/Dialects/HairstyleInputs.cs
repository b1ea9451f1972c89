using TryOn.Api.Jobs;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>A haircut tried on. There is no garment: a generative model is told in words what to change.</summary>
/// <param name="FaceImage">An https or data URL, or bare base64.</param>
/// <param name="Haircut">A name such as <c>BobCut</c>; whatever words it is made of are what the model is told.</param>
/// <param name="HairColor">In any words.</param>
/// <param name="NumSamples">Pictures wanted, 1 to 4; each costs what the model costs.</param>
public sealed record HairstyleInputs(
    string? FaceImage, string? Haircut, string? HairColor, int? NumSamples, string? OutputFormat)
{
    /// <param name="hash">Of the body as it was sent.</param>
    public Result<TryOnRequest> ToRequest(SurfaceOptions surfaces, HttpRequest request, string hash) => Refuse() is { } refusal
        ? refusal
        : new TryOnRequest(
            surfaces.HairstyleModel, [InputRules.Image("face_image", FaceImage!)], [], Mask: null, Prompt(),
            FastMode: false, request.Headers["Idempotency-Key"], EndUser: null, NumSamples ?? 1,
            Repeat: Repeat.WhenMarked(request, hash), GarmentsMin: 0);

    private Error? Refuse() =>
        InputRules.Required("face_image", FaceImage)
        ?? InputRules.Required("haircut", Haircut)
        ?? InputRules.Text("haircut", Haircut)
        ?? InputRules.Text("hair_color", HairColor)
        ?? InputRules.Samples(NumSamples)
        ?? InputRules.Wishes(OutputFormat, moderation: null, seed: null);

    private string Prompt()
    {
        var color = string.IsNullOrWhiteSpace(HairColor) ? "Keep the colour of the hair." : $"Colour the hair: {HairColor}.";
        return $"Give the person of the picture this haircut: {Words(Haircut!)}. {color} Keep the face, its expression, the clothes, the "
            + "light and the background exactly as they are.";
    }

    /// <summary><c>BobCut</c> is "bob cut".</summary>
    private static string Words(string name) => string.Concat(name.Select((letter, index) =>
        char.IsUpper(letter) && index > 0 && char.IsLower(name[index - 1]) ? $" {letter}" : $"{letter}")).ToLowerInvariant();
}
