using TryOn.Core.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class InternationalHostTests
{
    [Theory]
    [InlineData("https://bücher.test/a.jpg", "https://xn--bcher-kva.test/a.jpg")]
    [InlineData("https://BÜCHER.test:8443/a.jpg", "https://xn--bcher-kva.test:8443/a.jpg")]
    [InlineData("https://b%C3%BCcher.test/a.jpg", "https://xn--bcher-kva.test/a.jpg")]
    [InlineData("https://straße.test?x=ü", "https://xn--strae-oqa.test?x=ü")]
    [InlineData("https://例え。テスト/a.jpg", "https://xn--r8jz45g.xn--zckzah/a.jpg")]
    [InlineData("https://ｓｈｏｐ.bücher.test/", "https://shop.xn--bcher-kva.test/")]
    [InlineData("https://магазин.рф/a.jpg", "https://xn--80aairftm.xn--p1ai/a.jpg")]
    public void ToAscii_HostOfOtherLetters_IsMapped(string address, string expected) =>
        Assert.Equal(expected, InternationalHost.ToAscii(address));

    [Theory]
    [InlineData("https://shop.test/bücher.jpg")]
    [InlineData("https://xn--bcher-kva.test/")]
    [InlineData("https://exa%6dple.com/")]
    [InlineData("https://１２７.０.０.１/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://example。com/")]
    [InlineData("https://ⓔxample.com/")]
    [InlineData("https://ex\u00ADample.com/")]
    [InlineData("https://bu\u0308cher.test/")]
    [InlineData("https://user@bücher.test/")]
    [InlineData("https://bücher.127/")]
    [InlineData("https://bücher..test/")]
    [InlineData("/bücher.test/")]
    [InlineData("")]
    public void ToAscii_AnythingElse_IsLeftAsItIs(string address) =>
        Assert.Equal(address, InternationalHost.ToAscii(address));
}
