using System.Globalization;
using System.Net;

namespace TryOn.Core.Egress;

// One entry of an allow list: a host name or a network, on one port or on any.
internal sealed record EgressEntry
{
    private EgressEntry(string? host, IPNetwork? network, int? port) => (Host, Network, Port) = (host, network, port);

    public string? Host { get; }

    public IPNetwork? Network { get; }

    public int? Port { get; }

    public bool Matches(string host, int port) =>
        OnPort(port) && string.Equals(Host, host, StringComparison.OrdinalIgnoreCase);

    public bool Matches(IPAddress address, int port) =>
        OnPort(port) && Network is { } network && network.Contains(address);

    public override string ToString()
    {
        var subject = Host ?? $"[{Network}]";
        return Port is { } port ? $"{subject}:{port}" : subject;
    }

    public static EgressEntry? Parse(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal)) return OfNetwork(text);
        if (OfHost(text, port: null) is { } bare) return bare;

        var colon = text.LastIndexOf(':');
        return colon > 0 && TryPort(text.AsSpan(colon + 1), out var port) ? OfHost(text[..colon], port) : null;
    }

    public static EgressEntry? OfHost(string host, int? port)
    {
        if (HostName.IsPlain(host)) return new(host.ToLowerInvariant(), network: null, port);
        return LiteralAddress.Parse(host) is { } address ? FromAddress(address, port) : null;
    }

    private static EgressEntry FromAddress(IPAddress address, int? port)
    {
        var plain = PublicAddress.Unmapped(address);
        return new(host: null, new IPNetwork(plain, plain.GetAddressBytes().Length * 8), port);
    }

    // A network of IPv4-mapped IPv6 addresses would never match, because addresses are unmapped before they are
    // compared.
    private static EgressEntry? OfNetwork(string text) =>
        IPNetwork.TryParse(text, out var network) && !network.BaseAddress.IsIPv4MappedToIPv6
            ? new(host: null, network, port: null)
            : null;

    private static bool TryPort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;

    private bool OnPort(int port) => Port is null || Port == port;
}
