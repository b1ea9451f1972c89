using TryOn.Core.Egress;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class GuardedPoolsTests(Origin origin) : IClassFixture<Origin>
{
    private static readonly Uri Address = new("http://shop.example/picture");

    private static readonly FetchPolicy Strangers =
        new(BytesMax: 1 << 20, TimeSpan.FromSeconds(30), EgressAllowList.Empty, PlainHttp: true);

    [Fact]
    public async Task Connection_OfATrustedPolicy_IsNotReusedForUntrustedAddresses()
    {
        var network = new RecordedNetwork().Answer("shop.example", "10.0.0.1").Listen("10.0.0.1:80", origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);
        var trusted = Strangers with { Allow = EgressAllowList.Empty.With(Address) };

        Assert.IsType<FetchResult.Fetched>(await sut.Fetch(Address, trusted, default));
        Assert.Equal(
            new FetchResult.Refused(FetchFailure.ForbiddenAddress),
            await sut.Fetch(Address, Strangers, default));
        Assert.Single(network.Connects);
    }

    [Fact]
    public async Task Connection_UnderEqualRules_IsReused()
    {
        var network = new RecordedNetwork().Answer("shop.example", "10.0.0.1").Listen("10.0.0.1:80", origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        for (var i = 0; i < 3; i++)
        {
            var trusted = Strangers with { Allow = EgressAllowList.Empty.With(Address) };
            Assert.IsType<FetchResult.Fetched>(await sut.Fetch(Address, trusted, default));
        }

        Assert.Single(network.Connects);
    }

    [Fact]
    public async Task Certificate_NamingItsIssuer_CausesNoDownload()
    {
        await using var server = new TlsServer(origin.At("/issuer"));
        var network = new RecordedNetwork().Listen($"{RecordedNetwork.PublicIp}:443", server.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        var result = await sut.Fetch(new Uri("https://shop.example/"), Strangers, default);

        Assert.Equal(new FetchResult.Refused(FetchFailure.Unreachable), result);
        Assert.True(server.Greeted);
        Assert.Equal(0, origin.IssuerDownloads);
    }
}
