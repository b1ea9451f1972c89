using NetVips;

namespace TryOn.Sandbox.Tests;

/// <summary>Small generated pictures.</summary>
public static class Samples
{
    public static readonly double[] Red = [200, 30, 30];
    public static readonly double[] Blue = [20, 40, 200];
    public static readonly double[] White = [255, 255, 255];

    public static readonly byte[] Person = Png(320, 400, Red);
    public static readonly byte[] Garment = Boxed(300, 300, Blue).PngsaveBuffer();
    public static readonly byte[] Jpeg = JpegHead(640, 480);

    public static string Base64(byte[] file) => Convert.ToBase64String(file);

    public static byte[] Png(int width, int height, double[] color) => Plain(width, height, color).PngsaveBuffer();

    public static Image Plain(int width, int height, double[] color) =>
        (Image.Black(width, height) + color).Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);

    /// <summary>A coloured box on white, with a margin of a fifth of the picture on each side.</summary>
    public static Image Boxed(int width, int height, double[] color) =>
        Fill(Plain(width, height, White), width / 5, height / 5, width * 3 / 5, height * 3 / 5, color);

    public static Image Fill(Image picture, int left, int top, int width, int height, double[] color) =>
        picture.Mutate(change => change.DrawRect(color, left, top, width, height, fill: true));

    /// <summary>A JPEG whose header can be read, and whose last pixels are missing.</summary>
    public static byte[] JpegHead(int width, int height) => Plain(width, height, Red).JpegsaveBuffer()[..^200];
}
