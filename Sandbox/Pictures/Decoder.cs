using NetVips;

namespace TryOn.Sandbox.Pictures;

public sealed record PictureSize(int Width, int Height);

/// <summary>
/// Decodes PNG, JPEG and WebP with libvips, which is loaded at the first picture. Its settings are global to the
/// process and are made only here.
/// </summary>
public static class Decoder
{
    static Decoder()
    {
        // Requests run in parallel, so each picture uses one thread; and since no operation repeats with the same
        // input, the cache is off.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        Operation.Block("VipsForeignLoad", state: true);
        foreach (var format in (string[])["Png", "Jpeg", "Webp"])
            Operation.Block("VipsForeignLoad" + format, state: false);
        // The exception describes what is wrong with a picture; libvips would also print it to standard error.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <summary>
    /// Returns the picture in display orientation, as RGB or RGBA of 8 bits; null if it has too many pixels.
    /// </summary>
    /// <exception cref="VipsException">The file has none of these formats or is damaged. Often thrown only later, when
    /// the first pixel is needed.</exception>
    public static Image? Decode(byte[] file, long pixelsMax)
    {
        var picture = Image.NewFromBuffer(file, failOn: Enums.FailOn.Error);
        // Only the header has been read so far.
        if ((long)picture.Width * picture.Height <= pixelsMax)
            return picture.Then(stored => stored.Autorot()).Then(shown => shown.Colourspace(Enums.Interpretation.Srgb));
        picture.Dispose();
        return null;
    }

    /// <summary>As stored; null when the file is none of these formats. Only its header is read.</summary>
    public static PictureSize? Size(byte[] file)
    {
        try
        {
            using var picture = Image.NewFromBuffer(file);
            return new PictureSize(picture.Width, picture.Height);
        }
        catch (VipsException)
        {
            return null;
        }
    }

    /// <summary>
    /// Returns the next step's image and disposes of this one, whose pixels would otherwise stay in memory until
    /// garbage collection.
    /// </summary>
    public static Image Then(this Image image, Func<Image, Image> next)
    {
        using (image)
            return next(image);
    }
}
