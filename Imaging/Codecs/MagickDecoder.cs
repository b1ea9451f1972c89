using ImageMagick;
using NetVips;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>
/// BMP, which libvips' packages cannot read, and HEIC where libheif itself is not to be had. Only the decoder of the
/// format that the file's first bytes name is run.
/// </summary>
internal static class MagickDecoder
{
    static MagickDecoder()
    {
        ResourceLimits.Disk = 0;
        ResourceLimits.Thread = 1;
        ResourceLimits.Width = ResourceLimits.Height = (ulong)ImageLimits.Source.SideMax;
        ResourceLimits.Area = (ulong)ImageLimits.Source.PixelsMax;
    }

    public static (ImageSides Sides, bool HasAlpha) ReadHeader(byte[] file, ImageKind kind)
    {
        using var image = new MagickImage();
        image.Ping(file, Settings(kind));
        return (new ImageSides((int)image.Width, (int)image.Height), image.HasAlpha);
    }

    /// <summary>Upright: a HEIC's turns are part of its decoding.</summary>
    public static Image Decode(byte[] file, ImageKind kind)
    {
        using var image = new MagickImage(file, Settings(kind));
        var bands = image.HasAlpha ? "RGBA" : "RGB";
        using var pixels = image.GetPixelsUnsafe();
        var raw = pixels.ToByteArray(bands)
            ?? throw new ImageFaultException(ImageFault.Corrupt, "The image is damaged and cannot be decoded.");
        using var plain = Image.NewFromMemory(
            raw, (int)image.Width, (int)image.Height, bands.Length, Enums.BandFormat.Uchar);
        using var coloured = plain.Copy(interpretation: Enums.Interpretation.Srgb);
        return image.GetColorProfile()?.ToByteArray() is { } profile
            ? coloured.Mutate(copy => copy.Set(GValue.BlobType, "icc-profile-data", profile))
            : coloured.Copy();
    }

    /// <summary>1 to 8; 1 where there is none.</summary>
    public static int ReadOrientation(byte[] jpeg)
    {
        if (jpeg.AsSpan().IndexOf("Exif\0\0"u8) < 0)
            return 1;
        using var image = new MagickImage();
        image.Ping(jpeg, new MagickReadSettings { Format = MagickFormat.Jpeg });
        return (int)image.Orientation is var turn and >= 1 and <= 8 ? turn : 1;
    }

    private static MagickReadSettings Settings(ImageKind kind) => new()
    {
        Format = kind == ImageKind.Heic ? MagickFormat.Heic : MagickFormat.Bmp,
    };
}
