using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TryOn.Crash.Tests.Load;

/// <summary>
/// A picture for each request, each of a different size. The sandbox answers with a picture of the person's size, so
/// the size of a result identifies its request.
/// </summary>
/// <param name="Noise">Pixels that do not compress: uploads of about half a megabyte at 700 pixels.</param>
internal sealed record PictureSeries(int SideMin, bool Noise)
{
    private const int Columns = 128;

    /// <summary>
    /// Every request has the first picture. Where results need not be told apart, the sandbox then generates a single
    /// result and caches it.
    /// </summary>
    public bool Alike { get; init; }

    public (int Width, int Height) SizeOf(int number) =>
        (SideMin + (number % Columns), SideMin + (number / Columns));

    public int NumberOf(int width, int height) => ((height - SideMin) * Columns) + (width - SideMin);

    /// <summary>A grey PNG with no chunk that the gateway removes, so its bytes arrive upstream unchanged.</summary>
    public byte[] Draw(int number)
    {
        number = Alike ? 0 : number;
        var (width, height) = SizeOf(number);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header),
            .. Chunk("IDAT", Pixels(number, width, height)), .. Chunk("IEND", [])];
    }

    private byte[] Pixels(int number, int width, int height)
    {
        var rows = new byte[(width + 1) * height];
        if (Noise)
            new Random(number).NextBytes(rows);
        // The first byte of a row names its filter: none.
        for (var row = 0; row < height; row++)
            rows[row * (width + 1)] = 0;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
            zlib.Write(rows);
        return packed.ToArray();
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Checksum(chunk.AsSpan(4..^4)));
        return chunk;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
        }

        return ~sum;
    }
}
