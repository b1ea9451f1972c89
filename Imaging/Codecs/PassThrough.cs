using System.Buffers.Binary;
using System.Text;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>
/// Tells whether a file holds nothing but one picture, and so may be kept byte for byte. A decoder does not tell what
/// it has skipped, so the blocks of a file are walked through here, from its first byte to its last.
/// </summary>
internal static class PassThrough
{
    /// <summary>
    /// Chunks of a PNG that say how its pixels look (https://www.w3.org/TR/png-3/#11Chunks). Any other may say more.
    /// </summary>
    private static readonly string[] PngChunks =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "sRGB", "gAMA", "cHRM", "sBIT", "bKGD", "pHYs"];

    /// <summary>Those of a result may be a color profile and Content Credentials as well.</summary>
    private static readonly string[] PngResultChunks = [.. PngChunks, "iCCP", "cICP", "caBX"];

    /// <summary>https://developers.google.com/speed/webp/docs/riff_container</summary>
    private static readonly string[] WebPChunks = ["VP8 ", "VP8L"];

    private static readonly string[] WebPResultChunks = [.. WebPChunks, "VP8X", "ALPH", "ICCP", "C2PA"];

    /// <summary>The format in which an input may be sent as it is; null if it has to be written anew.</summary>
    public static ImageFormat? FormatOfInput(ImageSource source, ReadOnlySpan<byte> file) =>
        source.IsEightBitSrgbOrGrey ? FormatOf(source, file, result: false) : null;

    /// <summary>The format in which a result may be stored as it is; null if it has to be written anew.</summary>
    public static ImageFormat? FormatOfResult(ImageSource source, ReadOnlySpan<byte> file) =>
        FormatOf(source, file, result: true);

    private static ImageFormat? FormatOf(ImageSource source, ReadOnlySpan<byte> file, bool result) => source switch
    {
        { Orientation: not 1 } or { HasPages: true } or { IsMended: true } => null,
        { Kind: ImageKind.Png } => IsPng(file, result ? PngResultChunks : PngChunks) ? ImageFormat.Png : null,
        { Kind: ImageKind.Jpeg } => JpegSegments.HoldsOnlyPixels(file, result) ? ImageFormat.Jpeg : null,
        { Kind: ImageKind.WebP } => IsWebP(file, result ? WebPResultChunks : WebPChunks) ? ImageFormat.WebP : null,
        _ => null,
    };

    private static bool IsPng(ReadOnlySpan<byte> file, string[] allowed)
    {
        const int Signature = 8;
        const int Frame = 12;
        var (at, type) = (Signature, "");
        while (at + Frame <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            type = Encoding.ASCII.GetString(file.Slice(at + 4, 4));
            if (!allowed.Contains(type) || length > file.Length - at - Frame)
                return false;
            at += Frame + (int)length;
        }

        return at == file.Length && type == "IEND";
    }

    private static bool IsWebP(ReadOnlySpan<byte> file, string[] allowed)
    {
        const int Signature = 12;
        const int Frame = 8;
        var at = Signature;
        while (at + Frame <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (!allowed.Contains(Encoding.ASCII.GetString(file.Slice(at, 4))) || length > file.Length - at - Frame)
                return false;
            at += Frame + (int)(length + (length & 1));
        }

        return at == file.Length;
    }
}
