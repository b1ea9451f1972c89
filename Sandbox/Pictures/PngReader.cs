using System.IO.Compression;

namespace TryOn.Sandbox.Pictures;

/// <summary>A small decoder: enough for product pictures, null for whatever it does not read.</summary>
public static class PngReader
{
    public static Picture? Read(ReadOnlyMemory<byte> file, long pixelsMax)
    {
        if (PngChunk.ReadAll(file) is not { } chunks || chunks[0].Type != "IHDR")
            return null;
        // The size is refused before a byte of it is allocated or inflated.
        if (PngHeader.Read(chunks[0].Data.Span) is not { } header || header.Pixels > pixelsMax)
            return null;
        return Inflate(chunks, header) is { } samples ? PngSamples.Expand(samples, header, chunks) : null;
    }

    private static byte[]? Inflate(List<PngChunk> chunks, PngHeader header)
    {
        using var packed = new MemoryStream();
        foreach (var chunk in chunks.Where(chunk => chunk.Type == "IDAT"))
            packed.Write(chunk.Data.Span);
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        try
        {
            return ReadRows(unpacked, header);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[]? ReadRows(ZLibStream unpacked, PngHeader header)
    {
        var stride = header.Width * header.Channels;
        var samples = new byte[stride * header.Height];
        ReadOnlySpan<byte> above = new byte[stride];
        for (var y = 0; y < header.Height; y++)
        {
            var row = samples.AsSpan(y * stride, stride);
            var filter = unpacked.ReadByte();
            if (filter < 0 || unpacked.ReadAtLeast(row, stride, throwOnEndOfStream: false) < stride)
                return null;
            if (!PngFilters.Undo((byte)filter, row, above, header.Channels))
                return null;
            above = row;
        }

        return samples;
    }
}
