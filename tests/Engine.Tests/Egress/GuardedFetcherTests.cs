using System.Diagnostics;
using System.Text;
using TryOn.Core.Egress;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class GuardedFetcherTests(Origin origin) : IClassFixture<Origin>
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Fetch_AllowListedLoopback_ReturnsContentAndType()
    {
        var result = Assert.IsType<FetchResult.Fetched>(await Fetch(origin.At("/picture")));

        Assert.Equal(Origin.Picture, result.Content);
        Assert.Equal("image/png", result.ContentType);
    }

    [Fact]
    public async Task Fetch_AllowListedName_MayResolveToAPrivateAddress()
    {
        var network = new RecordedNetwork().Answer("sandbox", "10.1.2.3").Listen("10.1.2.3:8080", origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);
        var address = new Uri("http://sandbox:8080/picture");

        var allow = EgressAllowList.Empty.With(new Uri("http://sandbox:8080"));
        Assert.IsType<FetchResult.Fetched>(await sut.Fetch(address, new(1 << 20, TimeMax, allow), default));
    }

    [Theory]
    [InlineData("http://8.8.8.8/")]
    [InlineData("http://[2606:4700::1111]/")]
    [InlineData("http://shop.example/")]
    public async Task Fetch_PlainHttp_NeedsToBePermitted(string url)
    {
        var network = new RecordedNetwork();
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);
        var strict = new FetchPolicy(1 << 20, TimeMax, EgressAllowList.Empty);

        Assert.Equal(Refused(FetchFailure.ForbiddenAddress), await sut.Fetch(new Uri(url), strict, default));
        Assert.Empty(network.Connects);

        var open = strict with { PlainHttp = true };
        Assert.Equal(Refused(FetchFailure.Unreachable), await sut.Fetch(new Uri(url), open, default));
        Assert.Single(network.Connects);
    }

    [Fact]
    public async Task Fetch_SecondAddressAnswers_IsUsed()
    {
        var network = new RecordedNetwork()
            .Answer("shop.example", "1.1.1.1", "::ffff:8.8.8.8").Listen("8.8.8.8:80", origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);
        var open = new FetchPolicy(1 << 20, TimeMax, EgressAllowList.Empty, PlainHttp: true);

        Assert.IsType<FetchResult.Fetched>(await sut.Fetch(new Uri("http://shop.example/picture"), open, default));
    }

    [Fact]
    public async Task Fetch_NameWithoutAddress_IsUnresolved()
    {
        using var sut = new GuardedFetcher(TimeProvider.System, new RecordedNetwork().Answer("shop.example").Ports);
        var policy = new FetchPolicy(1 << 20, TimeMax, EgressAllowList.Empty);

        Assert.Equal(
            Refused(FetchFailure.Unresolved),
            await sut.Fetch(new Uri("https://shop.example/"), policy, default));
    }

    [Theory]
    [InlineData("/chain/10")]
    [InlineData("/to?url=/picture")]
    [InlineData("/to?url=../picture%23fragment")]
    public async Task Fetch_RedirectsToAllowed_AreFollowed(string path) =>
        Assert.Equal(Origin.Picture, Assert.IsType<FetchResult.Fetched>(await Fetch(origin.At(path))).Content);

    [Fact]
    public async Task Fetch_ElevenRedirects_IsRefused() =>
        Assert.Equal(Refused(FetchFailure.TooManyRedirects), await Fetch(origin.At("/chain/11")));

    [Fact]
    public async Task Fetch_RedirectToUnlistedPort_IsRefused() =>
        Assert.Equal(
            Refused(FetchFailure.ForbiddenAddress),
            await Fetch(origin.At($"/to?url=http://127.0.0.1:{origin.Address.Port ^ 1}/picture")));

    [Theory]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Fetch_OtherStatus_IsRefused(int status) =>
        Assert.Equal(Refused(FetchFailure.BadStatus), await Fetch(origin.At($"/status/{status}")));

    [Fact]
    public async Task Fetch_AfterCookieInsideTrace_SendsNeither()
    {
        using var activity = new Activity("caller").Start();

        var result = Assert.IsType<FetchResult.Fetched>(await Fetch(origin.At("/cookie")));

        Assert.Equal("Accept-Encoding Host User-Agent", Encoding.UTF8.GetString(result.Content));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip", "X-GZip")]
    [InlineData("deflate", "deflate")]
    [InlineData("bare", "deflate")]
    [InlineData("br", "br")]
    [InlineData("gzip,br", "gzip, br")]
    [InlineData("plain", "gzip")]
    [InlineData("plain", "identity")]
    [InlineData("plain", "aws-chunked")]
    public async Task Fetch_CodedBody_ReturnsContent(string coding, string says) => Assert.Equal(
        Origin.Picture,
        Assert.IsType<FetchResult.Fetched>(await Fetch(origin.At($"/coded?coding={coding}&says={says}"))).Content);

    [Theory]
    [InlineData("plain", "br")]
    [InlineData("plain", "deflate")]
    [InlineData("gzip,gzip,gzip", "gzip, gzip, gzip")]
    public async Task Fetch_CodingThatIsBroken_IsRefused(string coding, string says) => Assert.Equal(
        Refused(FetchFailure.Undecodable), await Fetch(origin.At($"/coded?coding={coding}&says={says}")));

    [Theory]
    [InlineData("http://bücher.test/picture", "xn--bcher-kva.test")]
    [InlineData("http://BÜCHER.test/picture", "xn--bcher-kva.test")]
    [InlineData("http://例え。テスト/picture", "xn--r8jz45g.xn--zckzah")]
    public async Task Fetch_InternationalHost_IsLookedUpInAscii(string url, string host)
    {
        var network = new RecordedNetwork().Answer(host, "8.8.8.8").Listen("8.8.8.8:80", origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);
        var open = new FetchPolicy(1 << 20, TimeMax, EgressAllowList.Empty, PlainHttp: true);

        Assert.IsType<FetchResult.Fetched>(await sut.Fetch(new Uri(url), open, default));
        Assert.Equal([host], network.Lookups);
    }

    [Fact]
    public async Task Fetch_InternationalHostOfAPrivateAddress_IsRefusedBeforeConnect()
    {
        var network = new RecordedNetwork().Answer("xn--bcher-kva.test", "10.0.0.1");
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);
        var open = new FetchPolicy(1 << 20, TimeMax, EgressAllowList.Empty, PlainHttp: true);

        Assert.Equal(
            Refused(FetchFailure.ForbiddenAddress), await sut.Fetch(new Uri("http://bücher.test/"), open, default));
        Assert.Empty(network.Connects);
    }

    private async Task<FetchResult> Fetch(Uri address)
    {
        using var sut = new GuardedFetcher(TimeProvider.System, EgressNetwork.Real);
        var allow = EgressAllowList.Empty.With(origin.Address);
        return await sut.Fetch(address, new FetchPolicy(1 << 20, TimeMax, allow), default);
    }

    private static FetchResult.Refused Refused(FetchFailure failure) => new(failure);
}
