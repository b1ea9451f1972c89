using System.Buffers.Binary;
using System.Net;
using TryOn.Core.Egress;

namespace TryOn.Engine.Tests.Egress;

// Addresses by which an attacker could make the gateway call its own network, with the failure they must cause.
public static class SsrfCases
{
    private static readonly string[] Internal =
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16",
        "0.0.0.0",
    ];

    private static readonly string[] RangeEdges =
    [
        "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0",
        "127.255.255.255", "169.254.0.0", "169.254.255.255", "172.16.0.0", "172.31.255.255", "192.0.0.0",
        "192.0.0.192", "192.0.0.255", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.0",
        "192.168.255.255", "192.175.48.1", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    ];

    private static readonly string[] SpecialV6 =
    [
        "::", "::1", "100::1", "100:0:0:1::1", "2001::1", "2001:0:7f00:1::1", "2001:2::1", "2001:10::1",
        "2001:20::1", "2001:1ff:ffff::1", "2001:db8::1", "2620:4f:8000::1", "3fff::1", "3fff:fff::1", "4000::1",
        "5f00::1", "64:ff9b:1::1", "8000::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1",
        "ff02::1", "ff0e::1",
    ];

    public static IEnumerable<(string Url, FetchFailure Failure)> Literals =>
        Internal.Concat(RangeEdges).SelectMany(ip => new[] { $"http://{ip}/", $"https://{ip}/a.png" })
            .Concat(SpecialV6.Concat(Internal.SelectMany(Embeddings)).Select(ip => $"http://[{ip}]/"))
            .Select(url => (url, FetchFailure.ForbiddenAddress));

    // Includes a public address, since the spelling alone must be refused.
    public static IEnumerable<(string Url, FetchFailure Failure)> Spellings =>
        Internal[..5].Append("8.8.8.8").SelectMany(Disguises)
            .Select(host => ($"http://{host}/", FetchFailure.InvalidAddress));

    public static IEnumerable<(string Url, FetchFailure Failure)> Tricks =>
    [
        .. Invalid(
            "file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "data:image/png;base64,AA==",
            "javascript:alert(1)", "ws://example.com/", "ldap://example.com/", "//example.com/", "/picture", "",
            "http://user@example.com/", "http://user:pass@example.com/", "http://example.com@127.0.0.1/",
            "http://127.0.0.1@example.com/", "http://@example.com/", "http://example.com\\@127.0.0.1/",
            "http://127.0.0.1\\@example.com/", "http://exa%6dple.com/", "http://example.com%00.evil.com/",
            "http://example.com%2f@127.0.0.1/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/",
            "http://[2606:4700::1%251]/", "http://[::1", "http://[127.0.0.1]/", "http://localhost./",
            "http://example.com./", "http://.example.com/", "http://example..com/", "http://exa mple.com/",
            "http://exa\tmple.com/", "http://exa\nmple.com/", "http://mu\u0308nchen.de/", "http://mü_nchen.de/",
            "http://example。com/",
            "http://ⓔxample.com/", "http://ex\u00ADample.com/", "http://example.com:/", "http://example.com:0/",
            "http://example.com:+80/", "http://example.com:080080/", "http://example.com:99999/", "http://1.2.3.4.5/",
            "http://example.0x7f/", "http://example.127/", $"http://{new string('a', 64)}.com/",
            $"http://{string.Join('.', Enumerable.Repeat("abcdefg", 32))}/"),
        .. Forbidden(
            "http://example.com:22/", "https://example.com:6379/", "http://example.com:8080/", "https://8.8.8.8:25/",
            "http://[2606:4700::1111]:2375/", "http://127.0.0.1:80/", "http://127.0.0.1:6379/", "http://[::1]:443/"),
    ];

    // Possible answers of a name server. One private address among public ones is enough for a refusal.
    public static IEnumerable<string[]> Answers =>
        Internal.Concat(["::1", "fd00:ec2::254", "fe80::1"]).Concat(Embeddings("10.0.0.1")).SelectMany(ip => new[]
        {
            new[] { ip }, [RecordedNetwork.PublicIp, ip], [ip, RecordedNetwork.PublicIp],
        });

    // Redirect targets, limited to what an HTTP header can carry.
    public static IEnumerable<(string Url, FetchFailure Failure)> Redirects =>
        Literals.Concat(Spellings).Concat(Tricks)
            .Where(one => Uri.TryCreate(one.Url, UriKind.Absolute, out _) && one.Url.All(c => c is > ' ' and <= '~'))
            .Where((one, index) => index % 2 == 0 && !one.Url.StartsWith('/'));

    private static IEnumerable<string> Embeddings(string v4)
    {
        var bytes = IPAddress.Parse(v4).GetAddressBytes();
        var hex = $"{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}";
        return
        [
            $"::ffff:{v4}", $"::ffff:{hex}", $"::{v4}", $"64:ff9b::{hex}", $"64:ff9b:1::{hex}", $"2002:{hex}::1",
            $"2607:f8b0::5efe:{hex}", $"2607:f8b0::200:5efe:{hex}", $"::ffff:0:{hex}",
        ];
    }

    private static IEnumerable<string> Disguises(string v4)
    {
        var b = IPAddress.Parse(v4).GetAddressBytes();
        var word = BinaryPrimitives.ReadUInt32BigEndian(b);
        var octal = b.Select(part => "0" + Convert.ToString(part, 8)).ToArray();
        return
        [
            $"{word}", $"0x{word:x8}", $"0X{word:X8}", $"0{Convert.ToString(word, 8)}", $"{word}.", $"0x{word:x8}.",
            string.Join('.', b.Select(part => $"0x{part:x2}")), string.Join('.', octal),
            string.Join('.', b.Select(part => $"{part:000}")), $"0x{b[0]:x}.{b[1]}.{octal[2]}.{b[3]}",
            $"{b[0]}.{word & 0xFF_FFFF}", $"{b[0]}.{b[1]}.{word & 0xFFFF}", $"0x{b[0]:x}.{word & 0xFF_FFFF}",
            $"{v4}.", v4.Replace('.', '。'), v4.Replace('.', '．'), v4.Replace('.', '｡'), v4.Replace(".", "%2e"),
            string.Concat(v4.Select(c => c == '.' ? "." : $"%{(int)c:x2}")),
            string.Concat(v4.Select(c => c == '.' ? c : (char)(c - '0' + '０'))),
            string.Concat(v4.Select(c => c == '.' ? "." : c == '0' ? "⓪" : $"{(char)(c - '1' + '①')}")),
        ];
    }

    private static IEnumerable<(string Url, FetchFailure Failure)> Invalid(params string[] urls) =>
        urls.Select(url => (url, FetchFailure.InvalidAddress));

    private static IEnumerable<(string Url, FetchFailure Failure)> Forbidden(params string[] urls) =>
        urls.Select(url => (url, FetchFailure.ForbiddenAddress));
}
