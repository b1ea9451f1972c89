using System.Buffers;
using System.Buffers.Binary;

namespace TryOn.Core.Images;

// Walks the chunks inside a WebP's RIFF: type, length, data, a pad byte after an odd length.
// https://developers.google.com/speed/webp/docs/riff_container
internal ref struct WebPChunks
{
    public const int RiffHeaderLength = 8;
    public const int FormatLength = 4;

    private const int HeaderLength = 8;

    private ReadOnlySpan<byte> _rest;

    public WebPChunks(ReadOnlySpan<byte> content)
    {
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
        var present = (uint)(content.Length - RiffHeaderLength);
        IsWhole = declared >= FormatLength && declared <= present;
        var body = content.Slice(RiffHeaderLength, (int)Math.Min(declared, present));
        _rest = IsWhole || body.Length >= FormatLength ? body[FormatLength..] : default;
    }

    // All bytes that the RIFF header promises are there. There may be more; those are no part of the picture.
    public bool IsWhole { get; }

    public uint Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    // False at the end, and also when what is left is not a whole chunk.
    public bool Next()
    {
        if (_rest.Length < HeaderLength) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_rest[4..]);
        if (length > (uint)(_rest.Length - HeaderLength)) return false;
        Type = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        Data = _rest.Slice(HeaderLength, (int)length);
        // Some writers leave out the pad byte of the last chunk.
        _rest = _rest[Math.Min(_rest.Length, Occupied(Data))..];
        return true;
    }

    public static int Occupied(ReadOnlySpan<byte> data) => HeaderLength + data.Length + (data.Length & 1);

    public static void Write(uint type, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        var header = output.GetSpan(HeaderLength);
        BinaryPrimitives.WriteUInt32BigEndian(header, type);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], data.Length);
        output.Advance(HeaderLength);
        output.Write(data);
        if ((data.Length & 1) == 1) output.Write<byte>([0]);
    }
}
