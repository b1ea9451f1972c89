namespace TryOn.Sandbox.Pictures;

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

    private static bool IsHeif(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8)
        && (file[8..].StartsWith("he"u8) || file[8..].StartsWith("mif1"u8) || file[8..].StartsWith("msf1"u8));
}
