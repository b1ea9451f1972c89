using System.IO.Compression;

namespace TryOn.Sandbox.Pictures;

/// <summary>Encodes as RGB, or as RGBA where a pixel is not opaque.</summary>
public static class PngWriter
{
    public static byte[] Write(Picture picture)
    {
        var color = picture.IsOpaque() ? PngColor.Rgb : PngColor.Rgba;
        var header = new PngHeader(picture.Width, picture.Height, color);
        using var file = new MemoryStream();
        file.Write(PngChunk.Signature);
        new PngChunk("IHDR", header.ToBytes()).WriteTo(file);
        new PngChunk("IDAT", Deflate(picture, header)).WriteTo(file);
        new PngChunk("IEND", default).WriteTo(file);
        return file.ToArray();
    }

    private static ReadOnlyMemory<byte> Deflate(Picture picture, PngHeader header)
    {
        var stride = picture.Width * header.Channels;
        var (above, row, filtered) = (new byte[stride], new byte[stride], new byte[stride + 1]);
        filtered[0] = PngFilters.Up;
        using var packed = new MemoryStream();
        using (var packing = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < picture.Height; y++)
            {
                Pack(picture.Rgba.AsSpan(y * picture.Width * 4, picture.Width * 4), row, header.Channels);
                PngFilters.ApplyUp(row, above, filtered.AsSpan(1));
                packing.Write(filtered);
                (above, row) = (row, above);
            }
        }

        return packed.ToArray();
    }

    private static void Pack(ReadOnlySpan<byte> rgba, Span<byte> row, int channels)
    {
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += channels)
            rgba.Slice(from, channels).CopyTo(row[to..]);
    }
}
