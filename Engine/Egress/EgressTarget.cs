using System.Globalization;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

// The target of one request of a fetch. Danger: Uri normalizes its input (0x7f.1 becomes 127.0.0.1, full-width digits
// become digits), so an address is refused unless its host and port as written are those that Uri parsed.
public sealed record EgressTarget(string Host, int Port, bool Encrypted)
{
    /// <summary>The address with its host in ASCII; null where it is not one to connect to.</summary>
    public static Uri? Plain(Uri address) =>
        Uri.TryCreate(InternationalHost.ToAscii(address.OriginalString), UriKind.Absolute, out var plain)
        && ParsePlain(plain) is not null
            ? plain
            : null;

    public static EgressTarget? Parse(Uri address) => Plain(address) is { } plain ? ParsePlain(plain) : null;

    private static EgressTarget? ParsePlain(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) return null;
        if (Authority(address) is not { } authority || !SplitPort(authority, out var host, out var port)) return null;
        if ((port ?? DefaultPort(address)) != address.Port || !IsSameHost(host, address)) return null;

        return new(address.IdnHost, address.Port, address.Scheme == Uri.UriSchemeHttps);
    }

    // The text between "://" and the path. It includes user info, backslashes and escapes, which no plain host
    // contains.
    private static string? Authority(Uri address)
    {
        var text = address.OriginalString.AsSpan().Trim();
        if (!text.StartsWith($"{address.Scheme}://", StringComparison.OrdinalIgnoreCase)) return null;

        var rest = text[(address.Scheme.Length + 3)..];
        var end = rest.IndexOfAny('/', '?', '#');
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    private static bool SplitPort(string authority, out string host, out int? port)
    {
        (host, port) = (authority, null);
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || colon < authority.LastIndexOf(']')) return true;

        host = authority[..colon];
        var digits = authority.AsSpan(colon + 1);
        if (!ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;

        port = number;
        return number > 0;
    }

    private static bool IsSameHost(string written, Uri understood)
    {
        var host = understood.Host;
        if (HostName.IsPlain(written)) return string.Equals(written, host, StringComparison.OrdinalIgnoreCase);
        return LiteralAddress.Parse(written) is { } address && address.Equals(LiteralAddress.Parse(host));
    }

    private static int DefaultPort(Uri address) => address.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
