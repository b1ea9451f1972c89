using System.Buffers;

namespace TryOn.Core.Images;

// The application segments that change how pixels are shown; all others are metadata and are not written.
internal sealed class JpegApplications
{
    private const int JfifLength = 14;
    private const int AdobeLength = 12;
    private const int ProfileHeaderLength = 14;

    private bool _hasJfif;
    private bool _hasAdobe;

    public static bool IsJfif(byte marker, ReadOnlySpan<byte> data) =>
        marker == JpegMarkers.App0 && data.StartsWith("JFIF\0"u8) && data.Length >= JfifLength;

    public static bool IsExif(byte marker, ReadOnlySpan<byte> data) =>
        marker == JpegMarkers.App1 && data.StartsWith(ExifOrientation.Prefix);

    public void Write(byte marker, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (IsJfif(marker, data) && !_hasJfif) WriteJfif(data, output);
        if (IsAdobe(marker, data) && !_hasAdobe) WriteAdobe(data, output);
        if (IsProfile(marker, data)) JpegSegments.Write(marker, data, output);
    }

    public static void WriteOrientation(int orientation, IBufferWriter<byte> output)
    {
        if (orientation == ExifOrientation.Upright) return;
        ReadOnlySpan<byte> data = [.. ExifOrientation.Prefix, .. ExifOrientation.Block(orientation)];
        JpegSegments.Write(JpegMarkers.App1, data, output);
    }

    // The last two bytes are the sides of a thumbnail; zero says that there is none.
    private void WriteJfif(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        _hasJfif = true;
        JpegSegments.Write(JpegMarkers.App0, [.. data[..(JfifLength - 2)], 0, 0], output);
    }

    // Its last byte is the colour transform, without which CMYK and some RGB pictures turn into other colours.
    private void WriteAdobe(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        _hasAdobe = true;
        JpegSegments.Write(JpegMarkers.App14, data[..AdobeLength], output);
    }

    private static bool IsAdobe(byte marker, ReadOnlySpan<byte> data) =>
        marker == JpegMarkers.App14 && data.StartsWith("Adobe"u8) && data.Length >= AdobeLength;

    // The name, this piece's number from 1, how many pieces there are, and then the piece.
    private static bool IsProfile(byte marker, ReadOnlySpan<byte> data) =>
        marker == JpegMarkers.App2 && data.StartsWith("ICC_PROFILE\0"u8) && data.Length > ProfileHeaderLength
        && data[12] >= 1 && data[12] <= data[13];
}
