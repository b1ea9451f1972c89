using NetVips;

namespace TryOn.Testing;

/// <summary>Small generated pictures, valid and invalid.</summary>
public static class TestPictures
{
    public static readonly byte[] Person = Plain(320, 400, 200);
    public static readonly byte[] Garment = Plain(300, 300, 40);
    public static readonly byte[] Truncated = Person[..^20];

    /// <summary>A valid header of 30,000 by 30,000 pixels, which would take 3.6 GB to decode.</summary>
    public static readonly byte[] Enormous =
    [
        .. Person[..16], 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0, 0xE9, 0x45, 0x6F, 0xED, .. Person[33..],
    ];

    public static string Url(byte[] picture) => "data:image/png;base64," + Convert.ToBase64String(picture);

    /// <summary>A picture with one value in every channel, including alpha.</summary>
    public static byte[] Plain(int width, int height, byte grey)
    {
        using var picture = Picture(Enumerable.Repeat(grey, width * height * 4).ToArray(), width, height, channels: 4);
        return Png(picture, compression: 6);
    }

    /// <summary>A picture whose file contains these bytes unchanged, as its first pixels.</summary>
    public static byte[] Marked(byte[] mark, int width = 320, int height = 400)
    {
        byte[] pixels = [.. mark, .. new byte[(width * height * 3) - mark.Length]];
        using var picture = Picture(pixels, width, height, channels: 3);
        return Png(picture, compression: 0);
    }

    // Without EXIF and without the resolution, which is the second chunk. The gateway drops both, and the picture would
    // not arrive upstream byte for byte.
    private static byte[] Png(Image picture, int compression)
    {
        var file = picture.PngsaveBuffer(
            compression, filter: Enums.ForeignPngFilter.None, keep: Enums.ForeignKeep.None);
        return [.. file[..33], .. file[54..]];
    }

    private static Image Picture(byte[] pixels, int width, int height, int channels) =>
        Image.NewFromMemory(pixels, width, height, channels, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
}
