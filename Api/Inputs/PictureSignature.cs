namespace TryOn.Api.Inputs;

/// <summary>
/// The first bytes by which a picture is known among texts and addresses, also of kinds that no model takes: those are
/// to be refused as what they are.
/// </summary>
internal static class PictureSignature
{
    private const int Length = 12;

    /// <summary>Whether the text is the base64 of a picture, by its first bytes.</summary>
    public static bool BeginsBase64(ReadOnlySpan<char> text, bool percentEncoded)
    {
        Span<byte> first = stackalloc byte[Length];
        return Begins(first[..ForgivingBase64.Begin(text, percentEncoded, first)]);
    }

    public static bool Begins(ReadOnlySpan<byte> content) =>
        (content is [0xFF, 0xD8, 0xFF, >= 0xC0, ..])
        || content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
        || content.StartsWith("RIFF"u8)
        || content.StartsWith("GIF8"u8)
        || (content.Length >= 8 && content[4..].StartsWith("ftyp"u8))
        // Two letters alone begin many a text; the four reserved bytes of a bitmap are zero.
        || (content.Length >= 10 && content.StartsWith("BM"u8) && content.Slice(6, 4).IndexOfAnyExcept((byte)0) < 0)
        || content.StartsWith("II*\0"u8)
        || content.StartsWith("MM\0*"u8);
}
