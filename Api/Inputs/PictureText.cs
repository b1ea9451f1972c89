using TryOn.Core.Egress;
using TryOn.Core.Errors;

namespace TryOn.Api.Inputs;

/// <summary>What a text that stands for a picture turned out to be.</summary>
public abstract record PictureText
{
    /// <summary>Longer than any address in use; a text beyond it is a picture that was not recognised.</summary>
    private const int AddressLengthMax = 32 * 1024;

    private const string Forms =
        "An image is an upload, a data URL, the base64 of a picture or an https address; this is not an https address.";

    private PictureText()
    {
    }

    /// <summary>The text holds the picture itself.</summary>
    public sealed record Inline(byte[] Content) : PictureText;

    /// <summary>The picture has to be downloaded.</summary>
    /// <param name="Address">http or https, its host in ASCII.</param>
    public sealed record Remote(Uri Address) : PictureText;

    /// <summary>The text holds more bytes than are taken.</summary>
    public sealed record TooLarge : PictureText;

    public sealed record Refused(ErrorCode Code, string Message) : PictureText;

    /// <summary>
    /// Reads a data URL (https://fetch.spec.whatwg.org/#data-url-processor), bare base64 of a picture, or an address
    /// (https://url.spec.whatwg.org/#url-parsing). Blanks around it are dropped.
    /// </summary>
    /// <param name="bytesMax">Of the picture. A larger one is refused before memory is taken for it.</param>
    public static PictureText Read(string text, int bytesMax)
    {
        var trimmed = Trim(text);
        if (DataUrl.After(trimmed) is { } start)
            return DataUrl.Read(trimmed[start..], bytesMax);
        return PictureSignature.BeginsBase64(trimmed, percentEncoded: false)
            ? FromBase64(trimmed, percentEncoded: false, bytesMax)
            : FromAddress(trimmed);
    }

    internal static PictureText FromBase64(ReadOnlySpan<char> text, bool percentEncoded, int bytesMax)
    {
        var length = ForgivingBase64.Measure(text, percentEncoded);
        if (length is null)
            return new Refused(ErrorCode.InvalidImage, "The image's base64 is broken.");
        return length > bytesMax
            ? new TooLarge()
            : new Inline(ForgivingBase64.Decode(text, percentEncoded, (int)length));
    }

    private static PictureText FromAddress(ReadOnlySpan<char> text)
    {
        if (text.Length > AddressLengthMax)
            return new Refused(ErrorCode.InvalidRequest, Forms);
        var written = text.ContainsAny("\t\r\n")
            ? string.Concat(text.ToString().Split('\t', '\r', '\n'))
            : text.ToString();
        var http = written.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || written.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        return http && Uri.TryCreate(InternationalHost.ToAscii(written), UriKind.Absolute, out var address)
            ? new Remote(address)
            : new Refused(ErrorCode.InvalidRequest, Forms);
    }

    /// <summary>A byte order mark and the blanks of other scripts come along when a text is copied.</summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        return text[start..end];
    }

    private static bool IsBlank(char letter) => letter is <= ' ' or '\uFEFF' || char.IsWhiteSpace(letter);
}
