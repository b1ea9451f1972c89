namespace TryOn.Core.Images;

/// <summary>A kind of file that holds a still picture and can be decoded.</summary>
public enum ImageKind
{
    None = 0,
    Png = 1,
    Jpeg = 2,
    WebP = 3,
    Gif = 4,
    Tiff = 5,
    Avif = 6,
    Heic = 7,
    Bmp = 8,
}

/// <summary>
/// Tells kinds of files by their first bytes: a name or a declared type is only what the sender says.
/// </summary>
public static class ImageKinds
{
    /// <summary>How many of the first bytes are looked at.</summary>
    public const int PrefixMax = 1024;

    /// <summary>The names of those that are taken, for messages.</summary>
    public const string Names = "JPEG, PNG, WebP, AVIF, HEIC, GIF, BMP or TIFF";

    public static ImageKind Recognize(ReadOnlySpan<byte> content)
    {
        if (content is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..])
            return ImageKind.Png;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageKind.Jpeg;
        if (content.StartsWith("RIFF"u8) && Has(content, 8, "WEBP"u8))
            return ImageKind.WebP;
        if (content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8))
            return ImageKind.Gif;
        // Two letters alone would claim any text that begins so; the four reserved bytes of a bitmap are zero.
        if (content.StartsWith("BM"u8) && Has(content, 6, [0, 0, 0, 0]))
            return ImageKind.Bmp;
        if (content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8)
            || content.StartsWith("II+\0"u8) || content.StartsWith("MM\0+"u8))
            return ImageKind.Tiff;
        return Brand(content);
    }

    /// <summary>What else a file is, with its article; null where that cannot be told.</summary>
    public static string? NameForeign(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("%PDF-"u8))
            return "a PDF document";
        if (content.StartsWith("8BPS"u8))
            return "a Photoshop document";
        if (content.StartsWith("\0\0\x01\0"u8))
            return "an icon";
        if (Has(content, 4, "jP  \r\n"u8))
            return "a JPEG 2000 image";
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || Has(content, 4, "JXL \r\n"u8))
            return "a JPEG XL image";
        return IsSvg(content) ? "an SVG drawing" : null;
    }

    /// <summary>
    /// ISO base media (ISO/IEC 14496-12): a box length, "ftyp", the main brand, a version, and compatible brands.
    /// Brands of films are left out.
    /// </summary>
    private static ImageKind Brand(ReadOnlySpan<byte> content)
    {
        if (!Has(content, 4, "ftyp"u8))
            return ImageKind.None;
        var box = content[..Math.Min(content.Length, PrefixMax)];
        if (Has(content, 8, "avif"u8) || Has(content, 8, "avis"u8))
            return ImageKind.Avif;
        if (Has(content, 8, "hei"u8) || Has(content, 8, "hev"u8))
            return ImageKind.Heic;
        if (!Has(content, 8, "mif1"u8) && !Has(content, 8, "msf1"u8))
            return ImageKind.None;
        return box.IndexOf("avif"u8) >= 0 ? ImageKind.Avif : ImageKind.Heic;
    }

    private static bool IsSvg(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, PrefixMax)];
        if (start.StartsWith("\uFEFF"u8))
            start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("<svg"u8))
            return true;
        var isMarkup = start.StartsWith("<?xml"u8) || start.StartsWith("<!--"u8) || start.StartsWith("<!DOCTYPE svg"u8);
        return isMarkup && start.IndexOf("<svg"u8) >= 0;
    }

    private static bool Has(ReadOnlySpan<byte> content, int offset, ReadOnlySpan<byte> expected) =>
        content.Length >= offset && content[offset..].StartsWith(expected);
}
