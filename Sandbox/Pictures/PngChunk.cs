using System.Buffers.Binary;
using System.Text;

namespace TryOn.Sandbox.Pictures;

/// <summary>One chunk of a PNG file (https://www.w3.org/TR/png-3/#5Chunk-layout): length, type, data, checksum.</summary>
public readonly record struct PngChunk(string Type, ReadOnlyMemory<byte> Data)
{
    private const int Overhead = 12;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunks up to and with IEND; null when the file is cut short or a checksum is wrong.</summary>
    public static List<PngChunk>? ReadAll(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith(Signature))
            return null;
        var chunks = new List<PngChunk>();
        var rest = file[Signature.Length..];
        while (Read(rest) is { } chunk)
        {
            chunks.Add(chunk);
            if (chunk.Type == "IEND")
                return chunks;
            rest = rest[(Overhead + chunk.Data.Length)..];
        }

        return null;
    }

    public void WriteTo(Stream file)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, Data.Length);
        Encoding.ASCII.GetBytes(Type, head[4..]);
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Checksum(head[4..], Data.Span));
        file.Write(head);
        file.Write(Data.Span);
        file.Write(checksum);
    }

    private static PngChunk? Read(ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < Overhead)
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
        if (length < 0 || length > rest.Length - Overhead)
            return null;
        var type = rest.Span.Slice(4, 4);
        var data = rest.Slice(8, length);
        var stated = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[(8 + length)..]);
        return stated == Checksum(type, data.Span) ? new PngChunk(Encoding.ASCII.GetString(type), data) : null;
    }

    private static uint Checksum(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => ~Add(Add(uint.MaxValue, type), data);

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        return sum;
    }

    private static uint Entry(int index)
    {
        var sum = (uint)index;
        for (var bit = 0; bit < 8; bit++)
            sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
        return sum;
    }
}
