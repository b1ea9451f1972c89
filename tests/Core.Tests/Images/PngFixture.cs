using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TryOn.Core.Tests.Images;

// A tiny PNG encoder that can also write invalid files. Its checksum is computed bit by bit, independently of the
// reader's table.
internal static class PngFixture
{
    public static readonly byte[] End = Chunk("IEND");

    public static byte[] Plain(int width = 64, int height = 72) =>
        Encode(Header(width, height), Pixels(width, height), End);

    public static byte[] With(params byte[][] chunks) => Encode([Header(), .. chunks, Pixels(), End]);

    public static byte[] Encode(params byte[][] chunks) =>
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Header(int width = 64, int height = 72, byte depth = 8, byte colour = 2, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, colour, interlace);
        return Chunk("IHDR", data);
    }

    public static byte[] Pixels(int width = 64, int height = 72)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(new byte[((width * 3) + 1) * height]);
        return Chunk("IDAT", packed.ToArray());
    }

    public static byte[] Profile(string content) =>
        Chunk("iCCP", [.. "icc\0\0"u8, .. Encoding.ASCII.GetBytes(content)]);

    public static byte[] Chunk(string type, params byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        Seal(chunk);
        return chunk;
    }

    // Corrects every checksum, so that a mutation reaches the checks behind it.
    public static byte[] Reseal(byte[] png)
    {
        var at = 8;
        while (at + 12 <= png.Length && BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at)) <= png.Length - at - 12)
        {
            var chunk = png.AsSpan(at, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) + 12);
            Seal(chunk);
            at += chunk.Length;
        }

        return png;
    }

    private static void Seal(Span<byte> chunk)
    {
        var sum = uint.MaxValue;
        foreach (var value in chunk[4..^4])
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], ~sum);
    }
}
