using System.Buffers.Binary;

namespace TryOn.Sandbox.Pictures;

public sealed record PictureSize(int Width, int Height);

/// <summary>Reads format and size from a file's first bytes, without decoding pixels.</summary>
public static class PictureHeaders
{
    public static PictureFormat Format(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PictureFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => PictureFormat.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..]
            => PictureFormat.WebP,
        _ when IsHeif(file) => PictureFormat.Heif,
        _ => PictureFormat.Unknown,
    };

    public static string MimeType(PictureFormat format) => format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.WebP => "image/webp",
        PictureFormat.Heif => "image/heif",
        _ => "application/octet-stream",
    };

    public static PictureSize? Size(ReadOnlySpan<byte> file) => Format(file) switch
    {
        PictureFormat.Png => PngSize(file),
        PictureFormat.Jpeg => JpegSize(file),
        _ => null,
    };

    private static bool IsHeif(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8)
        && (file[8..].StartsWith("he"u8) || file[8..].StartsWith("mif1"u8) || file[8..].StartsWith("msf1"u8));

    private static PictureSize? PngSize(ReadOnlySpan<byte> file) =>
        file.Length >= 33 && file[12..16].SequenceEqual("IHDR"u8)
            ? Sized(BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]))
            : null;

    // ITU-T T.81 B.1: segments are skipped by their lengths up to the frame header, which contains the size.
    private static PictureSize? JpegSize(ReadOnlySpan<byte> file)
    {
        var at = 2;
        while (at + 9 <= file.Length && file[at] == 0xFF)
        {
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Sized(Number(file, at + 7), Number(file, at + 5));
            at += 2 + Number(file, at + 2);
        }

        return null;
    }

    private static int Number(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file[at..]);

    private static PictureSize? Sized(int width, int height) =>
        width > 0 && height > 0 ? new PictureSize(width, height) : null;
}
