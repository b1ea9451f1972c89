using System.Text;
using TryOn.Core.Errors;

namespace TryOn.Api.Inputs;

/// <summary>
/// A data URL as browsers read it (https://fetch.spec.whatwg.org/#data-url-processor). Its media type is not looked
/// at: the first bytes of a picture say what it is.
/// </summary>
internal static class DataUrl
{
    private const string Scheme = "data:";

    /// <summary>More than <c>;base64</c> and the blanks that may stand in it.</summary>
    private const int EndOfHead = 64;

    /// <summary>Where the text goes on after <c>data:</c>; null for any other text.</summary>
    public static int? After(ReadOnlySpan<char> text)
    {
        var matched = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsRemoved(text[i]))
                continue;
            if (char.ToLowerInvariant(text[i]) != Scheme[matched])
                return null;
            if (++matched == Scheme.Length)
                return i + 1;
        }

        return null;
    }

    /// <param name="rest">What follows <c>data:</c>.</param>
    public static PictureText Read(ReadOnlySpan<char> rest, int bytesMax)
    {
        if (rest.IndexOf('#') is >= 0 and var fragment)
            rest = rest[..fragment];
        var comma = rest.IndexOf(',');
        if (comma < 0)
            return new PictureText.Refused(ErrorCode.InvalidImage, "A data URL has a comma before its data.");
        var body = rest[(comma + 1)..];
        // Bytes that read as the base64 of a picture are no picture themselves: only ";base64" was forgotten.
        return SaysBase64(rest[..comma]) || PictureSignature.BeginsBase64(body, percentEncoded: true)
            ? PictureText.FromBase64(body, percentEncoded: true, bytesMax)
            : FromBytes(body, bytesMax);
    }

    private static bool SaysBase64(ReadOnlySpan<char> head)
    {
        var end = string.Concat(head[^Math.Min(head.Length, EndOfHead)..].ToString().Split('\t', '\r', '\n'))
            .TrimEnd(' ', '\f');
        return end.EndsWith("base64", StringComparison.OrdinalIgnoreCase)
            && end[..^"base64".Length].TrimEnd(' ').EndsWith(';');
    }

    private static PictureText FromBytes(ReadOnlySpan<char> body, int bytesMax)
    {
        var length = Write(body, []);
        if (length > bytesMax)
            return new PictureText.TooLarge();
        var content = new byte[length];
        Write(body, content);
        return new PictureText.Inline(content);
    }

    /// <summary>The number of bytes; they are written where there is room for them.</summary>
    private static int Write(ReadOnlySpan<char> body, Span<byte> content)
    {
        var length = 0;
        Span<byte> letter = stackalloc byte[4];
        for (var i = 0; i < body.Length;)
        {
            if (IsRemoved(body[i]))
            {
                i++;
                continue;
            }

            if (body[i] < 0x80)
            {
                letter[0] = (byte)PercentEncoding.Next(body, ref i);
                Put(letter[..1], content, ref length);
                continue;
            }

            Rune.DecodeFromUtf16(body[i..], out var rune, out var used);
            Put(letter[..rune.EncodeToUtf8(letter)], content, ref length);
            i += used;
        }

        return length;
    }

    private static void Put(ReadOnlySpan<byte> bytes, Span<byte> content, ref int length)
    {
        if (!content.IsEmpty)
            bytes.CopyTo(content[length..]);
        length += bytes.Length;
    }

    /// <summary>A URL is read as if these were not there (https://url.spec.whatwg.org/#concept-basic-url-parser).
    /// </summary>
    private static bool IsRemoved(char letter) => letter is '\t' or '\r' or '\n';
}
