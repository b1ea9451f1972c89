namespace TryOn.Sandbox.Gemini;

/// <summary>
/// The differences between the image models (https://ai.google.dev/gemini-api/docs/image-generation).
/// </summary>
public sealed record GeminiModel(string Name, bool TakesImageSize, IReadOnlyList<string> ExtraAspectRatios)
{
    private static readonly string[] AspectRatios =
        ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];

    private static readonly GeminiModel[] Known =
    [
        new("gemini-2.5-flash-image", TakesImageSize: false, []),
        new("gemini-3.1-flash-image", TakesImageSize: true, ["1:4", "4:1", "1:8", "8:1"]),
        new("gemini-3-pro-image", TakesImageSize: true, []),
    ];

    public static GeminiModel? Find(string name) => Array.Find(Known, model => model.Name == name);

    public bool TakesAspectRatio(string? ratio) => AspectRatios.Contains(ratio) || ExtraAspectRatios.Contains(ratio);
}
