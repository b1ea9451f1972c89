namespace TryOn.Core.Images;

// Kinds are told by magic bytes only: a name or a declared type is the sender's claim.
internal static class ImageKinds
{
    // Enough for an XML declaration, a doctype and a comment before the root element.
    private const int SvgProloguesMax = 1024;

    public static ImageFormat? Recognize(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(PngChunks.Signature)) return ImageFormat.Png;
        if (content.StartsWith(JpegSegments.Signature)) return ImageFormat.Jpeg;
        return content.StartsWith("RIFF"u8) && Has(content, 8, "WEBP"u8) ? ImageFormat.WebP : null;
    }

    public static string? NameForeign(ReadOnlySpan<byte> content) =>
        NameBySignature(content) ?? NameByBrand(content) ?? (IsSvg(content) ? "an SVG drawing" : null);

    private static string? NameBySignature(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8)) return "a GIF image";
        // Two letters alone would claim any text that begins so; the four reserved bytes of a bitmap are zero.
        if (content.StartsWith("BM"u8) && Has(content, 6, [0, 0, 0, 0])) return "a BMP image";
        if (content.StartsWith("II*\0"u8) || content.StartsWith("MM\0*"u8)) return "a TIFF image";
        if (content.StartsWith("II+\0"u8) || content.StartsWith("MM\0+"u8)) return "a TIFF image";
        if (content.StartsWith("%PDF-"u8)) return "a PDF document";
        if (content.StartsWith("8BPS"u8)) return "a Photoshop document";
        if (content.StartsWith("\0\0\x01\0"u8)) return "an icon";
        if (Has(content, 4, "jP  \r\n"u8)) return "a JPEG 2000 image";
        var isJpegXl = content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || Has(content, 4, "JXL \r\n"u8);
        return isJpegXl ? "a JPEG XL image" : null;
    }

    // ISO base media: a box length, "ftyp", then the brand. Brands of films are left out: those are no images.
    private static string? NameByBrand(ReadOnlySpan<byte> content)
    {
        if (!Has(content, 4, "ftyp"u8)) return null;
        if (Has(content, 8, "avif"u8) || Has(content, 8, "avis"u8)) return "an AVIF image";
        if (Has(content, 8, "hei"u8) || Has(content, 8, "hev"u8)) return "a HEIC image";
        return Has(content, 8, "mif1"u8) || Has(content, 8, "msf1"u8) ? "a HEIF image" : null;
    }

    private static bool IsSvg(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, SvgProloguesMax)];
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        start = start.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("<svg"u8)) return true;
        var isMarkup = start.StartsWith("<?xml"u8) || start.StartsWith("<!--"u8) || start.StartsWith("<!DOCTYPE svg"u8);
        return isMarkup && start.IndexOf("<svg"u8) >= 0;
    }

    private static bool Has(ReadOnlySpan<byte> content, int offset, ReadOnlySpan<byte> expected) =>
        content.Length >= offset && content[offset..].StartsWith(expected);
}
