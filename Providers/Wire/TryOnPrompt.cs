namespace TryOn.Providers.Wire;

/// <summary>The prompt for general image models when the caller gives none.</summary>
public static class TryOnPrompt
{
    public const string Default =
        "The first picture shows a person. Every picture after it shows a garment or an accessory. Return one "
        + "photorealistic picture of that same person wearing all of these items. Keep the face, hair, body shape, "
        + "skin tone, pose, background and framing of the first picture as they are. Keep the colour, pattern, "
        + "material, logos and cut of each item, fitted to the body with natural folds and shadows. Leave clothing "
        + "that no item replaces unchanged.";
}
