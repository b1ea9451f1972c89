using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TryOn.Core.Egress;

// https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, read strictly: the few
// special blocks that are globally reachable (AS112, AMT, anycast relays) serve no pictures and are denied as well.
public static class PublicAddress
{
    private static readonly IPNetwork[] DeniedV4 =
    [
        .. Networks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        // Azure's host agent (DHCP, DNS, health) has an ordinary public address. The other clouds' metadata addresses
        // (169.254.169.254, 100.100.100.200, 192.0.0.192, fd00:ec2::254) are in denied ranges above and below.
        IPNetwork.Parse("168.63.129.16/32"),
    ];

    // Everything else in IPv6 is denied by default: only 2000::/3 is allocated as global unicast.
    private static readonly IPNetwork GlobalUnicastV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] DeniedV6 =
        [.. Networks("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")];

    private static readonly IPNetwork TranslatedV4 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool IsPublic(IPAddress address)
    {
        var plain = Unmapped(address);
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => IsPublicV4(plain),
            AddressFamily.InterNetworkV6 => IsPublicV6(plain),
            _ => false,
        };
    }

    /// <summary>The IPv4 address inside ::ffff:0:0/96, or the address itself.</summary>
    public static IPAddress Unmapped(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsPublicV4(IPAddress address) =>
        !Array.Exists(DeniedV4, network => network.Contains(address));

    private static bool IsPublicV6(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (TranslatedV4.Contains(address)) return IsPublicV4(new IPAddress(bytes.AsSpan(12)));
        if (SixToFour.Contains(address) && !IsPublicV4(new IPAddress(bytes.AsSpan(2, 4)))) return false;
        if (IsIsatap(bytes) && !IsPublicV4(new IPAddress(bytes.AsSpan(12)))) return false;
        return address.ScopeId == 0
            && GlobalUnicastV6.Contains(address)
            && !Array.Exists(DeniedV6, network => network.Contains(address));
    }

    // RFC 5214: an interface identifier of 00-00-5E-FE or 02-00-5E-FE carries an IPv4 address behind any prefix.
    private static bool IsIsatap(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) & 0xFDFF_FFFF) == 0x0000_5EFE;

    private static IEnumerable<IPNetwork> Networks(params string[] texts) => texts.Select(IPNetwork.Parse);
}
