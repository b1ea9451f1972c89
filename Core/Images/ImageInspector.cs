using System.Buffers;
using System.Runtime.InteropServices;

namespace TryOn.Core.Images;

// Judges a picture by its container alone. No pixel is decoded, so nothing here can be made to allocate more than the
// bytes that really arrived, and every check walks them once.
public static class ImageInspector
{
    // What a rewrite may add: an orientation block and the WebP header that announces it.
    private const int GrowthMax = 128;

    public static ImageCheck Check(ReadOnlyMemory<byte> content, ImageLimits limits)
    {
        if (limits.Refuse(content.Length) is { } heavy) return heavy;
        if (ImageKinds.Recognize(content.Span) is not { } format) return RefuseUnknown(content.Span);

        // The sides come first: their message helps the caller even where the rest of the file is broken as well.
        var info = Read(content.Span, format);
        if (info is not null && limits.Refuse(info) is { } unfit) return unfit;

        var output = new ArrayBufferWriter<byte>(content.Length + GrowthMax);
        if (Rewrite(content.Span, format, info?.Orientation ?? 1, output) is { } refused) return refused;
        return info is null
            ? ImageCheck.Corrupt("The image has no readable header.")
            : new ImageCheck.Accepted(info, Choose(content, output));
    }

    // Promises only that the header is sound; whether the rest of the file is takes Check to say.
    public static ImageInfo? Read(ReadOnlySpan<byte> content) =>
        ImageKinds.Recognize(content) is { } format ? Read(content, format) : null;

    private static ImageInfo? Read(ReadOnlySpan<byte> content, ImageFormat format) => format switch
    {
        ImageFormat.Png => PngContainer.Read(content),
        ImageFormat.Jpeg => JpegContainer.Read(content),
        ImageFormat.WebP => WebPContainer.Read(content),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static ImageCheck.Refused? Rewrite(
        ReadOnlySpan<byte> content, ImageFormat format, int orientation, IBufferWriter<byte> output) => format switch
    {
        ImageFormat.Png => PngContainer.Rewrite(content, orientation, output),
        ImageFormat.Jpeg => JpegContainer.Rewrite(content, orientation, output),
        ImageFormat.WebP => WebPContainer.Rewrite(content, orientation, output),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static ImageCheck.Refused RefuseUnknown(ReadOnlySpan<byte> content) =>
        ImageKinds.NameForeign(content) is { } name
            ? new(ImageFault.UnsupportedFormat, $"The file is {name}; send PNG, JPEG or WebP.")
            : new(ImageFault.NotAnImage, "The file is not an image; send PNG, JPEG or WebP.");

    private static byte[] Choose(ReadOnlyMemory<byte> content, ArrayBufferWriter<byte> output)
    {
        var unchanged = output.WrittenSpan.SequenceEqual(content.Span);
        return unchanged && MemoryMarshal.TryGetArray(content, out var source) && source.Array!.Length == content.Length
            ? source.Array
            : output.WrittenSpan.ToArray();
    }
}
