using System.Buffers.Binary;

namespace TryOn.Sandbox.Pictures;

public enum PngColor
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// <summary>The IHDR chunk of a picture this decoder can read: 8 bits a sample, not interlaced.</summary>
public sealed record PngHeader(int Width, int Height, PngColor Color)
{
    public const int Length = 13;

    public int Channels => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.GreyAlpha => 2,
        PngColor.Rgba => 4,
        _ => 1,
    };

    public long Pixels => (long)Width * Height;

    public static PngHeader? Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk is not [_, _, _, _, _, _, _, _, 8, 0 or 2 or 3 or 4 or 6, 0, 0, 0])
            return null;
        var header = new PngHeader(
            BinaryPrimitives.ReadInt32BigEndian(chunk),
            BinaryPrimitives.ReadInt32BigEndian(chunk[4..]),
            (PngColor)chunk[9]);
        return header is { Width: > 0, Height: > 0 } ? header : null;
    }

    public byte[] ToBytes()
    {
        var chunk = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, Width);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), Height);
        chunk[8] = 8;
        chunk[9] = (byte)Color;
        return chunk;
    }
}
