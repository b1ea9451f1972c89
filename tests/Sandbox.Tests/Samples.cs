using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tests;

/// <summary>Small pictures made on the spot.</summary>
public static class Samples
{
    public static readonly byte[] Red = [200, 30, 30, 255];
    public static readonly byte[] Blue = [20, 40, 200, 255];
    public static readonly byte[] White = [255, 255, 255, 255];

    public static readonly byte[] Person = PngWriter.Write(Plain(320, 400, Red));
    public static readonly byte[] Garment = PngWriter.Write(Boxed(300, 300, Blue));
    public static readonly byte[] Jpeg = JpegHead(640, 480);

    public static string Base64(byte[] file) => Convert.ToBase64String(file);

    public static Picture Plain(int width, int height, byte[] color)
    {
        var picture = Picture.Blank(width, height);
        Fill(picture, 0, 0, width, height, color);
        return picture;
    }

    /// <summary>A box of a colour on white, with a fifth of the picture free on each side.</summary>
    public static Picture Boxed(int width, int height, byte[] color)
    {
        var picture = Plain(width, height, White);
        Fill(picture, width / 5, height / 5, width * 3 / 5, height * 3 / 5, color);
        return picture;
    }

    public static void Fill(Picture picture, int left, int top, int width, int height, byte[] color)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
                color.CopyTo(picture.Pixel(x, y));
        }
    }

    /// <summary>Enough of a JPEG to tell its size: an application segment, then the frame header.</summary>
    public static byte[] JpegHead(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2,
        0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0,
        0xFF, 0xD9,
    ];
}
