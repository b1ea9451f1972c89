using System.Buffers;

namespace TryOn.Core.Images;

internal static class PngContainer
{
    public static ImageInfo? Read(ReadOnlySpan<byte> content)
    {
        var chunks = new PngChunks(content);
        if (!chunks.Next() || chunks.Type != PngTypes.Header || !chunks.IsIntact) return null;
        return PngHeader.Read(chunks.Data) is { } header
            ? new(ImageFormat.Png, header.Width, header.Height, ReadOrientation(chunks))
            : null;
    }

    public static ImageCheck.Refused? Rewrite(ReadOnlySpan<byte> content, int orientation, IBufferWriter<byte> output)
    {
        output.Write(PngChunks.Signature);
        var order = new PngOrder();
        var chunks = new PngChunks(content);
        while (chunks.Next())
        {
            if (!chunks.IsIntact) return ImageCheck.Corrupt("The PNG is damaged: a checksum is wrong.");
            var due = order.Take(chunks.Type, chunks.Data);
            if (due == PngVerdict.Animated) return ImageCheck.Animated();
            if (due == PngVerdict.Broken) return Broken();
            if (due == PngVerdict.Keep) output.Write(chunks.Whole);
            if (chunks.Type == PngTypes.Header) WriteOrientation(orientation, output);
            if (chunks.Type == PngTypes.End) return null;
        }

        return ImageCheck.Corrupt("The PNG is cut off before its end.");
    }

    private static ImageCheck.Refused Broken() =>
        ImageCheck.Corrupt("The PNG is damaged: a part is missing, misplaced or unknown.");

    // The block may stand on either side of the pixels, so this hops over them; the first one counts.
    private static int ReadOrientation(PngChunks chunks)
    {
        while (chunks.Next() && chunks.Type != PngTypes.End)
        {
            if (chunks.Type == PngTypes.Exif) return ExifOrientation.Read(chunks.Data);
        }

        return ExifOrientation.Upright;
    }

    private static void WriteOrientation(int orientation, IBufferWriter<byte> output)
    {
        if (orientation != ExifOrientation.Upright)
            PngChunks.Write(PngTypes.Exif, ExifOrientation.Block(orientation), output);
    }
}
