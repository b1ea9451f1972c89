using System.Buffers.Binary;

namespace TryOn.Imaging.Codecs;

/// <summary>
/// The segments of a JPEG (ITU-T T.81, B.1), for what a decoder does not tell: which bytes it has skipped.
/// </summary>
internal static class JpegSegments
{
    private const byte Prefix = 0xFF;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte HuffmanTables = 0xC4;
    private const byte QuantizationTables = 0xDB;
    private const byte RestartInterval = 0xDD;

    /// <summary>JFIF 1.02: a length of 16 leaves no room for a thumbnail.</summary>
    private const int JfifLength = 16;
    private const int AdobeLength = 14;

    /// <summary>
    /// The file without stray bytes before its pixels, and with an end marker. The given array where neither is needed,
    /// or where its segments cannot be followed.
    /// </summary>
    /// <param name="addEnd">False for a progressive JPEG: one without an end marker may lack whole passes.</param>
    public static byte[] Mend(byte[] file, bool addEnd)
    {
        var mended = new List<byte>(file.Length + 2) { Prefix, 0xD8 };
        for (var at = 2; ; )
        {
            var next = file.AsSpan(Math.Min(at, file.Length)).IndexOf(Prefix);
            if (next < 0 || at + next + 4 > file.Length)
                return file;
            at += next;
            var marker = file[at + 1];
            if (marker is Prefix or 0 or >= 0xD0 and <= 0xD9)
            {
                at++;
                continue;
            }

            if (marker == StartOfScan)
            {
                mended.AddRange(file.AsSpan(at));
                break;
            }

            var end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            if (end > file.Length)
                return file;
            mended.AddRange(file.AsSpan(at, end - at));
            at = end;
        }

        if (addEnd && !file.AsSpan().EndsWith((ReadOnlySpan<byte>)[Prefix, EndOfImage]))
            mended.AddRange([Prefix, EndOfImage]);
        return mended.Count == file.Length ? file : [.. mended];
    }

    /// <summary>
    /// Whether there is nothing in the file but one picture: no other application segment than JFIF's and Adobe's, no
    /// comment, nothing behind the end, and the Huffman tables that webcams leave out.
    /// </summary>
    /// <param name="result">Color profiles and Content Credentials (JUMBF, ISO 19566-5) may be there as well.</param>
    public static bool HoldsOnlyPixels(ReadOnlySpan<byte> file, bool result)
    {
        var tables = false;
        var scanning = false;
        for (var at = 2; at + 1 < file.Length; )
        {
            if (scanning)
            {
                var next = file[at..].IndexOf(Prefix);
                if (next < 0 || at + next + 1 >= file.Length)
                    return false;
                at += next;
                if (file[at + 1] is 0 or >= 0xD0 and <= 0xD7)
                {
                    at += 2;
                    continue;
                }
            }

            if (file[at] != Prefix)
                return false;
            var marker = file[at + 1];
            if (marker == EndOfImage)
                return scanning && tables && at + 2 == file.Length;
            if (at + 4 > file.Length)
                return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
                return false;
            if (!Describes(marker, file.Slice(at + 4, length - 2), result))
                return false;
            tables |= marker == HuffmanTables;
            scanning |= marker == StartOfScan;
            at += 2 + length;
        }

        return false;
    }

    /// <summary>Whether a segment says how the pixels look, and nothing else.</summary>
    private static bool Describes(byte marker, ReadOnlySpan<byte> content, bool result) => marker switch
    {
        StartOfScan or QuantizationTables or RestartInterval or >= 0xC0 and <= 0xCF => true,
        0xE0 => content.Length == JfifLength - 2 && content.StartsWith("JFIF\0"u8) && content[^2..] is [0, 0],
        0xEE => content.Length == AdobeLength - 2 && content.StartsWith("Adobe"u8),
        0xE2 => result && content.StartsWith("ICC_PROFILE\0"u8),
        0xEB => result,
        _ => false,
    };
}
