using System.Buffers;
using System.Buffers.Binary;

namespace TryOn.Core.Images;

internal static class WebPContainer
{
    public static ImageInfo? Read(ReadOnlySpan<byte> content)
    {
        var chunks = new WebPChunks(content);
        if (!chunks.Next()) return null;
        if (chunks.Type is WebPTypes.Lossy or WebPTypes.Lossless)
        {
            return WebPFrame.Read(chunks.Type, chunks.Data) is { } frame
                ? new(ImageFormat.WebP, frame.Width, frame.Height, ExifOrientation.Upright)
                : null;
        }

        return chunks.Type == WebPTypes.Extended && WebPCanvas.Read(chunks.Data) is { } canvas
            ? new(ImageFormat.WebP, canvas.Width, canvas.Height, ReadOrientation(chunks))
            : null;
    }

    public static ImageCheck.Refused? Rewrite(ReadOnlySpan<byte> content, int orientation, IBufferWriter<byte> output)
    {
        var picture = new WebPPicture();
        var chunks = new WebPChunks(content);
        while (chunks.Next())
        {
            if (picture.Take(chunks.Type, chunks.Data) is { } refused) return refused;
        }

        if (!chunks.IsWhole || !chunks.IsAtEnd)
            return ImageCheck.Corrupt("The WebP is damaged or cut off before its end.");
        if (picture.Frame is null) return ImageCheck.Corrupt("The WebP is damaged: it has no pixels.");
        Write(picture, orientation, output);
        return null;
    }

    private static int ReadOrientation(WebPChunks chunks)
    {
        while (chunks.Next())
        {
            if (chunks.Type == WebPTypes.Exif) return ExifOrientation.Read(chunks.Data);
        }

        return ExifOrientation.Upright;
    }

    // The short form is written whenever it can say everything.
    private static void Write(in WebPPicture picture, int orientation, IBufferWriter<byte> output)
    {
        var exif = orientation == ExifOrientation.Upright ? [] : ExifOrientation.Block(orientation);
        var isPlain = picture.Profile.IsEmpty && picture.Alpha.IsEmpty && exif.Length == 0;
        var canvas = isPlain ? [] : DescribeCanvas(picture, exif.Length > 0).ToBytes();
        var length = WebPChunks.FormatLength + WebPChunks.Occupied(picture.Pixels) + Room(canvas)
            + Room(picture.Profile) + Room(picture.Alpha) + Room(exif);

        WriteRiffHeader(length, output);
        WriteUnlessEmpty(WebPTypes.Extended, canvas, output);
        WriteUnlessEmpty(WebPTypes.Profile, picture.Profile, output);
        WriteUnlessEmpty(WebPTypes.Alpha, picture.Alpha, output);
        WebPChunks.Write(picture.PixelsType, picture.Pixels, output);
        WriteUnlessEmpty(WebPTypes.Exif, exif, output);
    }

    private static WebPCanvas DescribeCanvas(in WebPPicture picture, bool hasExif)
    {
        var features = (picture.Profile.IsEmpty ? WebPFeatures.None : WebPFeatures.Profile)
            | (picture.HasAlpha ? WebPFeatures.Alpha : WebPFeatures.None)
            | (hasExif ? WebPFeatures.Exif : WebPFeatures.None);
        return new(picture.Frame!.Width, picture.Frame.Height, features);
    }

    private static void WriteRiffHeader(int length, IBufferWriter<byte> output)
    {
        output.Write("RIFF"u8);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), length);
        output.Advance(4);
        output.Write("WEBP"u8);
    }

    private static int Room(ReadOnlySpan<byte> data) => data.IsEmpty ? 0 : WebPChunks.Occupied(data);

    private static void WriteUnlessEmpty(uint type, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (!data.IsEmpty) WebPChunks.Write(type, data, output);
    }
}
