namespace TryOn.Sandbox.Pictures;

/// <summary>Decoded pixels: four bytes each (red, green, blue, alpha, not premultiplied), rows from the top.</summary>
public sealed record Picture(int Width, int Height, byte[] Rgba)
{
    public static Picture Blank(int width, int height) => new(width, height, new byte[width * height * 4]);

    public Span<byte> Pixel(int x, int y) => Rgba.AsSpan(((y * Width) + x) * 4, 4);

    public bool IsOpaque()
    {
        for (var at = 3; at < Rgba.Length; at += 4)
        {
            if (Rgba[at] != byte.MaxValue)
                return false;
        }

        return true;
    }

    public Picture Crop(int left, int top, int width, int height)
    {
        var cropped = Blank(width, height);
        for (var y = 0; y < height; y++)
            Rgba.AsSpan((((top + y) * Width) + left) * 4, width * 4).CopyTo(cropped.Rgba.AsSpan(y * width * 4));
        return cropped;
    }
}
