namespace TryOn.Api.Dialects;

/// <summary>Which model answers when the caller names none. Section <c>TryOn:Surfaces</c>.</summary>
public sealed class SurfaceOptions
{
    /// <summary>
    /// Slug of the model that tries on clothes, for TryItOn's and FASHN's clients. Default: kling/kolors-v1-5.
    /// </summary>
    public string ClothesModel { get; set; } = "kling/kolors-v1-5";

    /// <summary>
    /// Slug of the model for eyewear, footwear, headwear, jewelry and other accessories. Default:
    /// google/gemini-2.5-flash-image.
    /// </summary>
    public string AccessoriesModel { get; set; } = "google/gemini-2.5-flash-image";

    /// <summary>
    /// Slug of the model for hairstyles; it must take a prompt. Default: google/gemini-2.5-flash-image.
    /// </summary>
    public string HairstyleModel { get; set; } = "google/gemini-2.5-flash-image";
}
