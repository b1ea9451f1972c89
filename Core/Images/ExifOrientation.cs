using System.Buffers.Binary;

namespace TryOn.Core.Images;

// EXIF is a TIFF structure: byte order, the number 42, the offset of a directory of 12-byte entries.
// https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E
internal static class ExifOrientation
{
    public const int Upright = 1;
    public const int BlockLength = 26;

    private const ushort Tag = 0x0112;
    private const ushort ShortType = 3;
    private const int HeaderLength = 8;
    private const int EntryLength = 12;

    // JPEG puts this before the structure; some writers of PNG and WebP do so by mistake.
    public static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    public static int Read(ReadOnlySpan<byte> exif)
    {
        var tiff = exif.StartsWith(Prefix) ? exif[Prefix.Length..] : exif;
        if (tiff.Length < HeaderLength) return Upright;
        if (tiff.StartsWith("II*\0"u8)) return ReadDirectory(tiff, isLittle: true);
        return tiff.StartsWith("MM\0*"u8) ? ReadDirectory(tiff, isLittle: false) : Upright;
    }

    // The least structure that says it: one directory of one entry, and no directory after it.
    public static byte[] Block(int orientation)
    {
        var block = new byte[BlockLength];
        "MM\0*\0\0\0\x08\0\x01"u8.CopyTo(block);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(10), Tag);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(12), ShortType);
        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(14), 1);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(18), (ushort)orientation);
        return block;
    }

    private static int ReadDirectory(ReadOnlySpan<byte> tiff, bool isLittle)
    {
        var offset = Number32(tiff[4..], isLittle);
        if (offset > (uint)tiff.Length - 2) return Upright;
        var directory = tiff[(int)offset..];
        var entries = Math.Min(Number16(directory, isLittle), (directory.Length - 2) / EntryLength);
        for (var entry = 0; entry < entries; entry++)
        {
            var bytes = directory.Slice(2 + (entry * EntryLength), EntryLength);
            if (Number16(bytes, isLittle) == Tag) return ReadEntry(bytes, isLittle);
        }

        return Upright;
    }

    private static int ReadEntry(ReadOnlySpan<byte> entry, bool isLittle)
    {
        var isOneShort = Number16(entry[2..], isLittle) == ShortType && Number32(entry[4..], isLittle) == 1;
        var value = Number16(entry[8..], isLittle);
        return isOneShort && value is >= 1 and <= 8 ? value : Upright;
    }

    private static ushort Number16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
