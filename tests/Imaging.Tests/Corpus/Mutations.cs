using System.Buffers.Binary;
using System.IO.Hashing;

namespace TryOn.Imaging.Tests.Corpus;

/// <summary>Files as careless programs write them: unusual, though every decoder shows them.</summary>
internal static class Mutations
{
    /// <summary>Two bytes between segments, before the first quantization table.</summary>
    public static byte[] StrayBytes(byte[] jpeg) => Insert(jpeg, Segment(jpeg, 0xDB).Start, [0x12, 0x34]);

    /// <summary>As webcams send them: the tables of ITU-T T.81, annex K, are meant.</summary>
    public static byte[] WithoutHuffmanTables(byte[] jpeg)
    {
        var file = jpeg;
        while (Segment(file, 0xC4) is (>= 0, var end) and var (start, _))
            file = [.. file[..start], .. file[end..]];
        return file;
    }

    /// <summary>An EXIF block without an entry before the one that has the orientation.</summary>
    public static byte[] EmptyExifFirst(byte[] jpeg) => Insert(
        jpeg, Segment(jpeg, 0xE1).Start,
        [0xFF, 0xE1, 0, 22, .. "Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0"u8]);

    public static byte[] RiffLengthPlusOne(byte[] webp)
    {
        byte[] file = [.. webp];
        BinaryPrimitives.WriteInt32LittleEndian(
            file.AsSpan(4), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)) + 1);
        return file;
    }

    public static byte[] WrongTextChecksum(byte[] png)
    {
        byte[] file = [.. png];
        var at = file.AsSpan().IndexOf("tEXt"u8);
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at - 4));
        file[at + 4 + length] ^= 0xFF;
        return file;
    }

    /// <summary>An animation of one frame, which is the picture itself.</summary>
    public static byte[] OneFrameAnimation(byte[] png)
    {
        var at = png.AsSpan().IndexOf("IDAT"u8) - 4;
        var frame = new byte[26];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), Pattern.Width);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(8), Pattern.Height);
        return Insert(png, at, [.. Chunk("acTL"u8, [0, 0, 0, 1, 0, 0, 0, 0]), .. Chunk("fcTL"u8, frame)]);
    }

    public static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(
            chunk.AsSpan(8 + content.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    public static byte[] Insert(byte[] file, int at, ReadOnlySpan<byte> bytes) =>
        [.. file.AsSpan(0, at), .. bytes, .. file.AsSpan(at)];

    /// <summary>The first segment of a kind, with its marker; a start of -1 where there is none.</summary>
    public static (int Start, int End) Segment(byte[] jpeg, byte marker)
    {
        for (var at = 2; at < jpeg.Length - 4 && jpeg[at] == 0xFF;)
        {
            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            if (jpeg[at + 1] == marker)
                return (at, end);
            if (jpeg[at + 1] == 0xDA)
                break;
            at = end;
        }

        return (-1, -1);
    }
}
