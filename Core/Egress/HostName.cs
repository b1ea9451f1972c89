namespace TryOn.Core.Egress;

public static class HostName
{
    public const int LengthMax = 253;
    private const int LabelLengthMax = 63;

    /// <summary>
    /// True if every parser reads the text as the same host name: ASCII labels, no trailing dot, and a last label that
    /// inet_aton would not read as part of an IPv4 address.
    /// </summary>
    // International names must be given in their xn-- form: mapping Unicode here would add one more parser that may
    // disagree.
    public static bool IsPlain(string text)
    {
        if (text.Length is 0 or > LengthMax) return false;

        var labels = text.Split('.');
        return Array.TrueForAll(labels, IsLabel) && !IsNumber(labels[^1]);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LabelLengthMax && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // https://url.spec.whatwg.org/#ends-in-a-number-checker
    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit)
        || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label.Skip(2).All(char.IsAsciiHexDigit));
}
