using NetVips;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>Writes a picture anew: upright, in sRGB of 8 bits, without metadata.</summary>
internal static class ImageEncoder
{
    /// <summary>Of a JPEG or WebP, where an artefact must not be seen by a model: 0 to 100.</summary>
    public const int QualityMax = 95;

    /// <summary>Of PNG, 0 to 9: above 4 a file of this kind takes much longer and is hardly smaller.</summary>
    private const int Compression = 4;

    private const int ShrinkMax = 8;

    /// <summary>So that a product that is off by its last bit is not a pixel less.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Above so many pixels a JPEG gets the usual Huffman tables: its own need all of it in memory.</summary>
    private const long OptimizedPixelsMax = 4_000_000;

    public static ImageSides Scaled(ImageSides sides, double scale) => new(
        Math.Max(1, (int)Math.Floor((sides.Width * scale) + Rounding)),
        Math.Max(1, (int)Math.Floor((sides.Height * scale) + Rounding)));

    public static byte[] Encode(ImageSource source, ImageFormat format, double scale, int quality = QualityMax)
    {
        using var image = Resized(source, scale);
        return Write(image, format, quality);
    }

    /// <summary>At exactly these sides.</summary>
    public static Image Resize(Image image, ImageSides sides)
    {
        if (image.Width == sides.Width && image.Height == sides.Height)
            return image.Copy();
        var (across, down) = ((double)sides.Width / image.Width, (double)sides.Height / image.Height);
        if (!image.HasAlpha())
            return image.Resize(across, vscale: down);
        // Colours are weighted by alpha, or what is transparent would bleed into the edges.
        return image.Premultiply().Then(weighted => weighted.Resize(across, vscale: down))
            .Then(weighted => weighted.Unpremultiply()).Then(scaled => scaled.Cast(Enums.BandFormat.Uchar));
    }

    public static byte[] Write(Image image, ImageFormat format, int quality)
    {
        switch (format)
        {
            case ImageFormat.Png:
                return image.PngsaveBuffer(
                    compression: Compression, filter: Enums.ForeignPngFilter.All, keep: Enums.ForeignKeep.None);
            case ImageFormat.WebP:
                return image.WebpsaveBuffer(q: quality, effort: 4, keep: Enums.ForeignKeep.None);
            default:
                // JPEG has no transparency: what is transparent becomes white, as on a page.
                using (var opaque = image.HasAlpha() ? image.Flatten([255, 255, 255]) : image.Copy())
                    return opaque.JpegsaveBuffer(
                        q: quality, optimizeCoding: (long)opaque.Width * opaque.Height <= OptimizedPixelsMax,
                        subsampleMode: Enums.ForeignSubsample.Auto,
                        keep: Enums.ForeignKeep.None);
        }
    }

    private static Image Resized(ImageSource source, double scale)
    {
        var target = Scaled(source.Shown, scale);
        return source.Decode(Shrink(source.Kind, scale)).Then(image => Resize(image, target));
    }

    /// <summary>A JPEG decodes at an eighth, a quarter or half of its sides for a fraction of the work.</summary>
    private static int Shrink(ImageKind kind, double scale)
    {
        var shrink = 1;
        while (kind == ImageKind.Jpeg && shrink < ShrinkMax && scale * shrink * 2 <= 1)
            shrink *= 2;
        return shrink;
    }
}
