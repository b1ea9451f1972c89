namespace TryOn.Api.Inputs;

/// <summary>Percent-encoded bytes (https://url.spec.whatwg.org/#percent-decode).</summary>
internal static class PercentEncoding
{
    /// <summary>The next letter, or the byte that <c>%</c> and two digits stand for; moves behind it.</summary>
    public static char Next(ReadOnlySpan<char> text, ref int at)
    {
        var letter = text[at++];
        if (letter != '%' || at + 2 > text.Length
            || !char.IsAsciiHexDigit(text[at]) || !char.IsAsciiHexDigit(text[at + 1]))
            return letter;
        var value = (Digit(text[at]) * 16) + Digit(text[at + 1]);
        at += 2;
        return (char)value;
    }

    private static int Digit(char hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
