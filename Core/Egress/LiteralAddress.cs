using System.Net;
using System.Net.Sockets;

namespace TryOn.Core.Egress;

public static class LiteralAddress
{
    /// <summary>Reads an IP address in the one spelling nobody disputes: four decimal numbers, or IPv6 with or without
    /// brackets and without a zone. Anything else that IPAddress would accept (127.1, 0x7f.0.0.1, 017.0.0.1) is null.
    /// </summary>
    public static IPAddress? Parse(string text)
    {
        var bracketed = text is ['[', .., ']'];
        var bare = bracketed ? text[1..^1] : text;
        // IPAddress would drop a zone here and a port after a bracket there without a word.
        if (bare.AsSpan().ContainsAny('%', '[', ']') || !IPAddress.TryParse(bare, out var address)) return null;

        return address.AddressFamily == AddressFamily.InterNetworkV6 || (!bracketed && address.ToString() == bare)
            ? address
            : null;
    }
}
