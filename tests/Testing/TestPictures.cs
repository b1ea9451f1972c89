using System.IO.Compression;
using TryOn.Sandbox.Pictures;

namespace TryOn.Testing;

/// <summary>Small pictures made on the spot, good and bad.</summary>
public static class TestPictures
{
    public static readonly byte[] Person = Plain(320, 400, 200);
    public static readonly byte[] Garment = Plain(300, 300, 40);
    public static readonly byte[] Truncated = Person[..^20];

    /// <summary>A header that would cost 3.6 GB to believe.</summary>
    public static readonly byte[] Enormous = Png(30_000, 30_000, Packed(new byte[100], CompressionLevel.Fastest));

    public static string Url(byte[] picture) => "data:image/png;base64," + Convert.ToBase64String(picture);

    public static byte[] Plain(int width, int height, byte grey)
    {
        var picture = Picture.Blank(width, height);
        Array.Fill(picture.Rgba, grey);
        return PngWriter.Write(picture);
    }

    /// <summary>A picture whose file holds these bytes as they stand, as its first pixels.</summary>
    public static byte[] Marked(byte[] mark, int width = 320, int height = 400)
    {
        var rows = new byte[((width * 3) + 1) * height];
        mark.CopyTo(rows, 1);
        return Png(width, height, Packed(rows, CompressionLevel.NoCompression));
    }

    private static byte[] Packed(byte[] rows, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, level, leaveOpen: true))
            zlib.Write(rows);
        return packed.ToArray();
    }

    private static byte[] Png(int width, int height, byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write(PngChunk.Signature);
        new PngChunk("IHDR", new PngHeader(width, height, PngColor.Rgb).ToBytes()).WriteTo(file);
        new PngChunk("IDAT", pixels).WriteTo(file);
        new PngChunk("IEND", default).WriteTo(file);
        return file.ToArray();
    }
}
