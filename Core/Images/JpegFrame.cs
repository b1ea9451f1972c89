using System.Buffers.Binary;

namespace TryOn.Core.Images;

internal sealed record JpegComponent(byte Id, byte Table);

// The frame header: sides and components. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2
internal sealed record JpegFrame(int Width, int Height, bool IsProgressive, JpegComponent[] Components)
{
    private const int FixedLength = 6;
    private const int ComponentLength = 3;
    private const int ComponentsMax = 4;

    // Lossless, arithmetic and 12-bit pictures are lawful, but hardly any decoder reads them.
    public static bool IsSupported(byte marker, ReadOnlySpan<byte> data) =>
        marker is JpegMarkers.BaselineFrame or JpegMarkers.ExtendedFrame or JpegMarkers.ProgressiveFrame
        && (data.IsEmpty || data[0] == 8);

    public static JpegFrame? Read(byte marker, ReadOnlySpan<byte> data)
    {
        if (data.Length < FixedLength || !IsSupported(marker, data)) return null;
        var height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]);
        // A height of zero promises a line count after the first scan; nobody writes that any more.
        if (width == 0 || height == 0) return null;
        return ReadComponents(data) is { } components
            ? new(width, height, marker == JpegMarkers.ProgressiveFrame, components)
            : null;
    }

    private static JpegComponent[]? ReadComponents(ReadOnlySpan<byte> data)
    {
        var count = data[5];
        if (count is 0 or > ComponentsMax || data.Length != FixedLength + (count * ComponentLength)) return null;
        var components = new JpegComponent[count];
        for (var index = 0; index < count; index++)
        {
            var bytes = data.Slice(FixedLength + (index * ComponentLength), ComponentLength);
            if (!IsSampling(bytes[1] >> 4) || !IsSampling(bytes[1] & 15) || bytes[2] > 3) return null;
            components[index] = new(bytes[0], bytes[2]);
        }

        return components.DistinctBy(component => component.Id).Count() == count ? components : null;
    }

    private static bool IsSampling(int factor) => factor is >= 1 and <= 4;
}
