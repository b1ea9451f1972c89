using System.Buffers.Binary;

namespace TryOn.Core.Images;

internal enum PngColour
{
    Grey = 0,
    Rgb = 2,
    Indexed = 3,
    GreyAlpha = 4,
    RgbAlpha = 6,
}

// https://www.w3.org/TR/png-3/#11IHDR
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColour Colour)
{
    private const int Length = 13;

    public int PaletteMax => Colour == PngColour.Indexed ? 1 << BitDepth : 256;

    public static PngHeader? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != Length) return null;
        var width = BinaryPrimitives.ReadInt32BigEndian(data);
        var height = BinaryPrimitives.ReadInt32BigEndian(data[4..]);
        var header = new PngHeader(width, height, data[8], (PngColour)data[9]);
        var hasKnownMethods = data[10] == 0 && data[11] == 0 && data[12] <= 1;
        return width > 0 && height > 0 && hasKnownMethods && header.HasKnownPixels ? header : null;
    }

    private bool HasKnownPixels => Colour switch
    {
        PngColour.Grey => BitDepth is 1 or 2 or 4 or 8 or 16,
        PngColour.Indexed => BitDepth is 1 or 2 or 4 or 8,
        PngColour.Rgb or PngColour.GreyAlpha or PngColour.RgbAlpha => BitDepth is 8 or 16,
        _ => false,
    };
}
