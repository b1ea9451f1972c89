using System.Net;
using TryOn.Core.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class EgressAllowListTests
{
    [Theory]
    [InlineData("images.internal", "images.internal", 9000, true)]
    [InlineData("Images.Internal", "images.INTERNAL", 80, true)]
    [InlineData("images.internal", "a.images.internal", 80, false)]
    [InlineData("images.internal", "images.internal.evil.com", 80, false)]
    [InlineData("images.internal:8080", "images.internal", 8080, true)]
    [InlineData("images.internal:8080", "images.internal", 80, false)]
    [InlineData("10.1.2.3", "10.1.2.3", 22, true)]
    [InlineData("10.1.2.3", "10.1.2.4", 22, false)]
    [InlineData("10.1.2.3:8080", "10.1.2.3", 8080, true)]
    [InlineData("10.1.2.3:8080", "10.1.2.3", 8081, false)]
    [InlineData("192.168.0.0/16", "192.168.255.255", 5000, true)]
    [InlineData("192.168.0.0/16", "192.169.0.0", 5000, false)]
    [InlineData("::1", "::1", 5000, true)]
    [InlineData("::1", "[::1]", 5000, true)]
    [InlineData("[::1]:8080", "::1", 8080, true)]
    [InlineData("[::1]:8080", "::1", 80, false)]
    [InlineData("fd00::/8", "fd12::1", 80, true)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", 80, true)]
    [InlineData("127.0.0.0/8", "64:ff9b::7f00:1", 80, false)]
    [InlineData("127.0.0.1", "localhost", 80, false)]
    public void Allows_OneEntry_MatchesExactly(string entry, string host, int port, bool expected) =>
        Assert.Equal(expected, Parse(entry).Allows(host, port));

    [Theory]
    [InlineData("")]
    [InlineData("*.internal")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("017.0.0.1")]
    [InlineData("192.168.0.0/33")]
    [InlineData("::ffff:10.0.0.0/104")]
    [InlineData("http://images.internal")]
    [InlineData("images.internal:0")]
    [InlineData("images.internal:65536")]
    [InlineData("images.internal:")]
    [InlineData("fe80::1%eth0")]
    public void TryParse_BadEntry_NamesIt(string entry)
    {
        Assert.False(EgressAllowList.TryParse(["ok.internal", entry], out _, out var error));
        Assert.Contains($"'{entry}'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", "127.0.0.1", 5000, 5001)]
    [InlineData("https://api.upstream.com/v1", "api.upstream.com", 443, 80)]
    [InlineData("http://[::1]:5000", "::1", 5000, 80)]
    public void With_Origin_AddsExactlyItsPort(string origin, string host, int port, int other)
    {
        var list = Parse("images.internal").With(new Uri(origin));

        Assert.True(list.Allows(host, port));
        Assert.False(list.Allows(host, other));
        Assert.True(list.Allows("images.internal", 1));
    }

    [Fact]
    public void Empty_AnyAddress_IsNotAllowed()
    {
        Assert.False(EgressAllowList.Empty.Allows(IPAddress.Loopback, 80));
        Assert.False(EgressAllowList.Empty.Allows("localhost", 80));
    }

    [Fact]
    public void Equals_SameEntriesInOtherOrder_IsTrue()
    {
        Assert.Equal(Parse("a.internal", "10.0.0.0/8", "a.internal"), Parse("10.0.0.0/8", "A.internal"));
        Assert.NotEqual(Parse("a.internal"), Parse("a.internal:80"));
        Assert.NotEqual(Parse("10.0.0.1"), Parse("10.0.0.1:80"));
    }

    private static EgressAllowList Parse(params string[] entries)
    {
        Assert.True(EgressAllowList.TryParse(entries, out var list, out var error), error);
        return list;
    }
}
