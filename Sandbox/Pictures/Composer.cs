namespace TryOn.Sandbox.Pictures;

/// <summary>The sandbox's try-on: the garment, cut out, laid over the torso of the person.</summary>
public static class Composer
{
    public const long PixelsMax = 12_000_000;

    // Where a torso is in a usual portrait; the sandbox looks for no body.
    private const double TopShare = 0.38;
    private const double WidthShare = 0.60;

    /// <summary>A PNG of the person's size; the person's own file where a picture cannot be worked on.</summary>
    public static byte[] Compose(byte[] person, byte[] garment)
    {
        if (PngReader.Read(person, PixelsMax) is not { } body || PngReader.Read(garment, PixelsMax) is not { } product)
            return person;
        if (Cutout.Of(product) is not { } cut)
            return person;
        return Fits(body, cut) is { } size
            ? PngWriter.Write(Lay(body, Scaler.Scale(cut, size.Width, size.Height)))
            : person;
    }

    private static PictureSize? Fits(Picture body, Picture cut)
    {
        var width = Math.Max(1, (int)Math.Round(body.Width * WidthShare));
        var height = Math.Max(1L, (long)Math.Round((double)cut.Height * width / cut.Width));
        return height * width <= PixelsMax ? new PictureSize(width, (int)height) : null;
    }

    private static Picture Lay(Picture body, Picture garment)
    {
        var left = (body.Width - garment.Width) / 2;
        var top = (int)Math.Round(body.Height * TopShare);
        for (var y = 0; y < garment.Height && top + y < body.Height; y++)
        {
            for (var x = 0; x < garment.Width; x++)
                Over(garment.Pixel(x, y), body.Pixel(left + x, top + y));
        }

        return body;
    }

    private static void Over(ReadOnlySpan<byte> garment, Span<byte> body)
    {
        var alpha = garment[3];
        for (var channel = 0; channel < 3; channel++)
            body[channel] = Mixed(garment[channel], body[channel], alpha);
        body[3] = Math.Max(body[3], alpha);
    }

    private static byte Mixed(byte over, byte under, byte alpha) =>
        (byte)(((over * alpha) + (under * (byte.MaxValue - alpha)) + (byte.MaxValue / 2)) / byte.MaxValue);
}
