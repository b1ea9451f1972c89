namespace TryOn.Core.Images;

/// <summary>The sizes between which an upstream takes a picture. Larger ones are made to fit.</summary>
/// <param name="SideMin">Of the shorter side, in pixels.</param>
/// <param name="SideMax">Of the longer side, in pixels.</param>
/// <param name="BytesMax">Of the file that is sent.</param>
public sealed record ImageLimits(int SideMin, int SideMax, long PixelsMax, int BytesMax)
{
    /// <summary>
    /// What a caller may send, whatever the model. Most phones make pictures of 12 to 50 megapixels. Those of 200 are
    /// refused: in memory one would take 600 MB.
    /// </summary>
    public static ImageLimits Source { get; } =
        new(SideMin: 1, SideMax: 30_000, PixelsMax: 120_000_000, BytesMax: 25 * 1024 * 1024);

    public static ImageLimits Default { get; } =
        new(SideMin: 64, SideMax: 8192, PixelsMax: 40_000_000, BytesMax: 10 * 1024 * 1024);
}
