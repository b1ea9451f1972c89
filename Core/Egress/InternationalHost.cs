using System.Buffers;
using System.Globalization;
using System.Text;

namespace TryOn.Core.Egress;

/// <summary>
/// Hosts in letters beyond ASCII, in the form that name servers know (UTS 46, non-transitional; RFC 3492).
/// </summary>
public static class InternationalHost
{
    private const int FullWidthFirst = 0xFF01;
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthOffset = 0xFEE0;

    /// <summary>What would give the address another host, or another escape, once it is no longer escaped.</summary>
    private static readonly SearchValues<char> Delimiters = SearchValues.Create("%/?#@\\");

    private static readonly IdnMapping Punycode = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// The address with its host in ASCII. One whose host is ASCII already, or cannot be mapped, comes back as it is,
    /// and is left to the checks that every address has to pass.
    /// </summary>
    public static string ToAscii(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3)
            return address;
        var rest = address.AsSpan(start);
        var length = rest.IndexOfAny('/', '?', '#') is >= 0 and var end ? end : rest.Length;
        var authority = Unescaped(rest[..length]);
        if (Ascii.IsValid(authority))
            return address;
        var colon = authority.LastIndexOf(':');
        var (host, port) = colon < 0 ? (authority, "") : (authority[..colon], authority[colon..]);
        return Map(host) is { } mapped ? $"{address.AsSpan(0, start)}{mapped}{port}{rest[length..]}" : address;
    }

    /// <summary>
    /// Null for a host that would be plain ASCII in the end: it is another spelling of a name or of an address, made to
    /// be overlooked.
    /// </summary>
    private static string? Map(string host)
    {
        var labels = new List<string>();
        var international = false;
        foreach (var label in Widths(host).Split('.'))
        {
            international |= !Ascii.IsValid(label);
            if ((Ascii.IsValid(label) ? label : Label(label)) is not { } mapped)
                return null;
            labels.Add(mapped);
        }

        var name = string.Join('.', labels);
        return international && HostName.IsPlain(name) ? name : null;
    }

    /// <summary>Full-width letters and the full stops of East Asia are other forms of those of ASCII.</summary>
    private static string Widths(string host) => string.Concat(host.Select(letter => letter switch
    {
        '\u3002' or '\uFF0E' or '\uFF61' => '.',
        _ when letter is >= (char)FullWidthFirst and <= (char)FullWidthLast => (char)(letter - FullWidthOffset),
        _ => letter,
    }));

    private static string? Label(string label)
    {
        // Without the tables of normalisation, a letter and a mark that have one form together cannot be put together.
        if (!label.EnumerateRunes().All(IsOfName) || label.AsSpan().ContainsAnyInRange('\u0300', '\u036F'))
            return null;
        try
        {
            return Punycode.GetAscii(label.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsOfName(Rune letter) => letter.Value == '-' || Rune.GetUnicodeCategory(letter) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber;

    /// <summary>Percent-encoded letters beyond ASCII; any other escape stays as it is.</summary>
    private static string Unescaped(ReadOnlySpan<char> authority)
    {
        var written = authority.ToString();
        if (!authority.Contains('%'))
            return written;
        var decoded = Uri.UnescapeDataString(written);
        return Ascii.IsValid(decoded) || decoded.AsSpan().ContainsAny(Delimiters) ? written : decoded;
    }
}
