using ImageMagick;
using NetVips;

namespace TryOn.Imaging.Tests.Corpus;

/// <summary>
/// A picture whose colours tell where is up: red, green, blue and white quarters, over a gentle gradient.
/// </summary>
internal static class Pattern
{
    public const int Width = 192;
    public const int Height = 128;

    /// <summary>Of 3 bands, or of 4 with the lower half transparent to the middle.</summary>
    public static Image Create(bool alpha = false)
    {
        var bands = alpha ? 4 : 3;
        var pixels = new byte[Width * Height * bands];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (left, top) = (x < Width / 2, y < Height / 2);
                var shade = (byte)((x + y) / 8);
                var at = ((y * Width) + x) * bands;
                pixels[at] = (byte)((top && left) || (!top && !left) ? 220 : 20 + shade);
                pixels[at + 1] = (byte)((top && !left) || (!top && !left) ? 210 : 30 + shade);
                pixels[at + 2] = (byte)(!top ? 200 : 40 + shade);
                if (alpha)
                    pixels[at + 3] = (byte)(top ? 255 : 128);
            }
        }

        using var plain = Image.NewFromMemory(pixels, Width, Height, bands, Enums.BandFormat.Uchar);
        return plain.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>
    /// The mean difference of a channel between a file and the pattern, 0 to 255, by a decoder of another family than
    /// the one under test. Transparency is laid over white in both.
    /// </summary>
    public static double DifferenceOf(byte[] file, bool alpha = false, bool grey = false)
    {
        using var pattern = Create(alpha);
        using var shades = pattern.Colourspace(Enums.Interpretation.Bw);
        using var expected = new MagickImage((grey ? shades : pattern).PngsaveBuffer());
        using var actual = new MagickImage(file);
        foreach (var image in (MagickImage[])[expected, actual])
        {
            image.BackgroundColor = MagickColors.White;
            image.Alpha(AlphaAction.Remove);
        }

        if ((actual.Width, actual.Height) != (expected.Width, expected.Height))
            return double.PositiveInfinity;
        using var one = expected.GetPixels();
        using var other = actual.GetPixels();
        var (first, second) = (one.ToByteArray("RGB")!, other.ToByteArray("RGB")!);
        return first.Zip(second, (a, b) => Math.Abs(a - b)).Average();
    }
}
