using System.Net;
using TryOn.Core.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class PublicAddressTests
{
    // The neighbours of every denied block, which detect a prefix that is one bit too short.
    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.31.195.255")]
    [InlineData("192.52.194.0")]
    [InlineData("192.88.98.255")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("198.51.99.255")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    [InlineData("2001:200::1")]
    [InlineData("2001:db7:ffff::1")]
    [InlineData("2001:db9::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2607:f8b0::5efe:808:808")]
    [InlineData("2620:4f:7fff::1")]
    [InlineData("3ffe::1")]
    [InlineData("3fff:1000::1")]
    public void IsPublic_OutsideDeniedBlocks_IsTrue(string address) =>
        Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("2606:4700::1111%3")]
    [InlineData("fe80::1%eth0")]
    public void IsPublic_WithZone_IsFalse(string address) =>
        Assert.False(IPAddress.TryParse(address, out var parsed) && PublicAddress.IsPublic(parsed));
}
