using System.Net;
using System.Net.Sockets;

namespace TryOn.Core.Egress;

public static class LiteralAddress
{
    /// <summary>
    /// Reads an IP address in its unambiguous form: four decimal numbers, or IPv6 with or without brackets and without
    /// a zone. Other forms that IPAddress would accept (127.1, 0x7f.0.0.1, 017.0.0.1) return null.
    /// </summary>
    public static IPAddress? Parse(string text)
    {
        var bracketed = text is ['[', .., ']'];
        var bare = bracketed ? text[1..^1] : text;
        // IPAddress silently drops a zone in one case and a port after a bracket in another.
        if (bare.AsSpan().ContainsAny('%', '[', ']') || !IPAddress.TryParse(bare, out var address)) return null;

        return address.AddressFamily == AddressFamily.InterNetworkV6 || (!bracketed && address.ToString() == bare)
            ? address
            : null;
    }
}
