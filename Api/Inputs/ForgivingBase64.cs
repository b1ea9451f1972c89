using System.Buffers.Text;

namespace TryOn.Api.Inputs;

/// <summary>
/// Base64 without regard to blanks and to missing padding (https://infra.spec.whatwg.org/#forgiving-base64-decode), in
/// either alphabet: base64url's <c>-</c> and <c>_</c> are read too (RFC 4648, section 5).
/// </summary>
internal static class ForgivingBase64
{
    private const int Blank = -1;
    private const int Padding = -2;
    private const int Foreign = -3;

    /// <summary>The number of bytes that the text holds; null where it is not base64. No memory is taken.</summary>
    public static long? Measure(ReadOnlySpan<char> text, bool percentEncoded)
    {
        // Most texts are plain base64, which the framework reads many letters at a time.
        if (Base64.IsValid(text, out var plain))
            return plain;
        long digits = 0;
        var padded = false;
        for (var i = 0; i < text.Length;)
        {
            var value = Next(text, percentEncoded, ref i);
            if (value == Foreign || (value >= 0 && padded))
                return null;
            padded |= value == Padding;
            digits += value >= 0 ? 1 : 0;
        }

        // One digit alone is six bits, which are no byte.
        return digits % 4 == 1 ? null : digits * 3 / 4;
    }

    /// <param name="text">As measured.</param>
    public static byte[] Decode(ReadOnlySpan<char> text, bool percentEncoded, int length)
    {
        var content = new byte[length];
        if (!Convert.TryFromBase64Chars(text, content, out var written) || written < length)
            Begin(text, percentEncoded, content);
        return content;
    }

    /// <summary>
    /// Writes the first bytes of the text, and stops at a letter that is not base64. Returns how many there are.
    /// </summary>
    public static int Begin(ReadOnlySpan<char> text, bool percentEncoded, Span<byte> content)
    {
        var (bits, count, written) = (0, 0, 0);
        for (var i = 0; i < text.Length && written < content.Length;)
        {
            var value = Next(text, percentEncoded, ref i);
            if (value == Blank)
                continue;
            if (value < 0)
                break;
            (bits, count) = (((bits << 6) | value) & 0xFFFF, count + 6);
            if (count < 8)
                continue;
            count -= 8;
            content[written++] = (byte)(bits >> count);
        }

        return written;
    }

    private static int Next(ReadOnlySpan<char> text, bool percentEncoded, ref int at) =>
        Value(percentEncoded ? PercentEncoding.Next(text, ref at) : text[at++]);

    private static int Value(char letter) => letter switch
    {
        >= 'A' and <= 'Z' => letter - 'A',
        >= 'a' and <= 'z' => letter - 'a' + 26,
        >= '0' and <= '9' => letter - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        '=' => Padding,
        ' ' or '\t' or '\r' or '\n' or '\f' => Blank,
        _ => Foreign,
    };
}
