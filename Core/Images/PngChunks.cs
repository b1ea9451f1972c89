using System.Buffers;
using System.Buffers.Binary;

namespace TryOn.Core.Images;

// Walks a PNG chunk by chunk: length, type, data, checksum. https://www.w3.org/TR/png-3/#5Chunk-layout
internal ref struct PngChunks(ReadOnlySpan<byte> content)
{
    private const int DataStart = 8;
    private const int Overhead = 12;

    private ReadOnlySpan<byte> _rest = content[Signature.Length..];
    private ReadOnlySpan<byte> _chunk;

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public readonly ReadOnlySpan<byte> Whole => _chunk;

    public readonly uint Type => BinaryPrimitives.ReadUInt32BigEndian(_chunk[4..]);

    public readonly ReadOnlySpan<byte> Data => _chunk[DataStart..^4];

    public readonly bool IsIntact =>
        PngChecksum.Compute(_chunk[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(_chunk[^4..]);

    // False when what is left is not a whole chunk: a length is believed only once that many bytes are there.
    public bool Next()
    {
        if (_rest.Length < Overhead) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        if (length > (uint)(_rest.Length - Overhead)) return false;
        _chunk = _rest[..((int)length + Overhead)];
        _rest = _rest[_chunk.Length..];
        return true;
    }

    public static void Write(uint type, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        var chunk = new byte[data.Length + Overhead];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), type);
        data.CopyTo(chunk.AsSpan(DataStart));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), PngChecksum.Compute(chunk.AsSpan(4..^4)));
        output.Write(chunk);
    }
}
