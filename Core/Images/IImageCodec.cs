namespace TryOn.Core.Images;

/// <summary>
/// Decodes and encodes pictures that strangers made. Time and memory of each call are limited, and a file that breaks
/// the decoder is refused.
/// </summary>
public interface IImageCodec
{
    /// <summary>
    /// A caller's picture, as <paramref name="target"/> wants it: upright, in sRGB, without metadata, and no larger
    /// than its limits. It is left as it is where nothing has to change.
    /// </summary>
    Task<ImageReply> Normalize(byte[] content, ImageTarget target, CancellationToken cancellation);

    /// <summary>
    /// A mask: a PNG with transparency, of the sides that its picture is shown with; scaled as its picture was.
    /// </summary>
    Task<ImageReply> NormalizeMask(
        byte[] content, ImageSides shown, ImageSides scaled, int bytesMax, CancellationToken cancellation);

    /// <summary>
    /// An upstream's result, accepted only if every row of it decodes. What could identify somebody is removed: EXIF,
    /// XMP and IPTC blocks, and texts in a PNG. A result in a format that browsers may not show becomes a PNG.
    /// </summary>
    Task<ImageReply> Verify(byte[] content, CancellationToken cancellation);

    /// <summary>A result as a WebP of at most this width, in pixels.</summary>
    Task<ImageReply> Preview(byte[] content, int width, CancellationToken cancellation);
}
