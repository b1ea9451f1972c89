using NetVips;

namespace TryOn.Sandbox.Pictures;

/// <summary>
/// Decodes PNG, JPEG and WebP by libvips, which is loaded at the first picture. Its settings are the whole process's,
/// and are made here only.
/// </summary>
public static class Decoder
{
    static Decoder()
    {
        // Requests run side by side, not the parts of one picture; and no operation comes back with the same input.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        Operation.Block("VipsForeignLoad", state: true);
        foreach (var format in (string[])["Png", "Jpeg", "Webp"])
            Operation.Block("VipsForeignLoad" + format, state: false);
        // What is wrong with a picture is in the exception; libvips would also print it, on standard error.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <summary>The picture as it is shown, as RGB or RGBA of 8 bits; null when it has too many pixels.</summary>
    /// <exception cref="VipsException">
    /// The file is none of these formats, or damaged. Thrown by whatever needs the first pixel, often not yet here.
    /// </exception>
    public static Image? Decode(byte[] file, long pixelsMax)
    {
        var picture = Image.NewFromBuffer(file, failOn: Enums.FailOn.Error);
        // Up to here only the header has been read.
        if ((long)picture.Width * picture.Height <= pixelsMax)
            return picture.Then(stored => stored.Autorot()).Then(shown => shown.Colourspace(Enums.Interpretation.Srgb));
        picture.Dispose();
        return null;
    }

    /// <summary>The next step's image. Disposes of this one: undisposed, its pixels stay until it is collected.</summary>
    public static Image Then(this Image image, Func<Image, Image> next)
    {
        using (image)
            return next(image);
    }
}
