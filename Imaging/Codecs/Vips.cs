using NetVips;

namespace TryOn.Imaging.Codecs;

/// <summary>libvips, set up for this process: its settings are global.</summary>
internal static class Vips
{
    /// <summary>Loaders that OSS-Fuzz covers, and that decode no scripts, documents or raw dumps.</summary>
    private static readonly string[] Loaders = ["Png", "Jpeg", "Webp", "Nsgif", "Tiff", "Heif"];

    private static readonly bool IsSetUp = SetUp();

    /// <summary>Loads and sets up libvips, unless that has been done.</summary>
    public static bool Load() => IsSetUp;

    /// <summary>
    /// The next step's image. Disposes of this one: the collector does not see its memory.
    /// </summary>
    public static Image Then(this Image image, Func<Image, Image> next)
    {
        using (image)
            return next(image);
    }

    private static bool SetUp()
    {
        // Pictures run side by side in processes, not in parts; and no operation comes back with the same input.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        Operation.Block("VipsForeignLoad", state: true);
        foreach (var loader in Loaders)
            Operation.Block("VipsForeignLoad" + loader, state: false);
        // What is wrong with a picture is in the exception; libvips would also print it, on standard error.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning | Enums.LogLevelFlags.Critical, (_, _, _) => { });
        Log.SetLogHandler(
            "GLib-GObject", Enums.LogLevelFlags.Warning | Enums.LogLevelFlags.Critical, (_, _, _) => { });
        return true;
    }
}
