using System.Buffers.Binary;

namespace TryOn.Core.Images;

// The first bytes of a coded picture. https://www.rfc-editor.org/rfc/rfc6386#section-9.1 (lossy),
// https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification (lossless)
internal sealed record WebPFrame(int Width, int Height, bool HasAlpha)
{
    private const int LossyHeaderLength = 10;
    private const int LosslessHeaderLength = 5;
    private const int SideMask = 0x3FFF;

    private static ReadOnlySpan<byte> StartCode => [0x9D, 0x01, 0x2A];

    public static WebPFrame? Read(uint type, ReadOnlySpan<byte> data) =>
        type == WebPTypes.Lossy ? ReadLossy(data) : ReadLossless(data);

    private static WebPFrame? ReadLossy(ReadOnlySpan<byte> data)
    {
        if (data.Length <= LossyHeaderLength || !data[3..].StartsWith(StartCode)) return null;
        var tag = data[0] | (data[1] << 8) | (data[2] << 16);
        var isShownKeyFrame = (tag & 1) == 0 && ((tag >> 1) & 7) <= 3 && ((tag >> 4) & 1) == 1;
        var firstPartition = tag >> 5;
        if (!isShownKeyFrame || firstPartition > data.Length - LossyHeaderLength) return null;
        // The two bits above each side ask for upscaling, which decoders ignore.
        var width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & SideMask;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & SideMask;
        return width > 0 && height > 0 ? new(width, height, HasAlpha: false) : null;
    }

    private static WebPFrame? ReadLossless(ReadOnlySpan<byte> data)
    {
        if (data.Length <= LosslessHeaderLength || data[0] != 0x2F) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        var (width, height) = ((int)(bits & SideMask) + 1, (int)((bits >> 14) & SideMask) + 1);
        var version = bits >> 29;
        return version == 0 ? new(width, height, HasAlpha: ((bits >> 28) & 1) == 1) : null;
    }
}
