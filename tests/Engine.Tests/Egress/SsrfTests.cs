using TryOn.Core.Egress;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class SsrfTests(Origin origin) : IClassFixture<Origin>
{
    private const string Shop = $"{RecordedNetwork.PublicIp}:80";

    // The most permissive policy for untrusted addresses, so that only the guard can refuse.
    private static readonly FetchPolicy Strangers =
        new(BytesMax: 1_000_000, TimeSpan.FromSeconds(30), EgressAllowList.Empty, PlainHttp: true);

    public static TheoryData<string, FetchFailure> Written =>
        Data(SsrfCases.Literals.Concat(SsrfCases.Spellings).Concat(SsrfCases.Tricks));

    public static TheoryData<string, FetchFailure> Redirected => Data(SsrfCases.Redirects);

    public static TheoryData<string[]> Resolved => new(SsrfCases.Answers);

    [Fact]
    public void Corpus_Whole_HasTwoHundredCases() =>
        Assert.True(Written.Count >= 200 && Redirected.Count >= 60 && Resolved.Count >= 50);

    [Theory]
    [MemberData(nameof(Written))]
    public async Task Address_Written_IsRefusedBeforeConnect(string url, FetchFailure failure)
    {
        var network = new RecordedNetwork();
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        if (Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var address))
            Assert.Equal(new FetchResult.Refused(failure), await sut.Fetch(address, Strangers, CancellationToken.None));
        Assert.Empty(network.Connects);
    }

    [Theory]
    [MemberData(nameof(Redirected))]
    public async Task Address_Redirected_IsRefusedBeforeConnect(string url, FetchFailure failure)
    {
        var network = new RecordedNetwork().Listen(Shop, origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        var start = new Uri($"http://shop.example/to?url={Uri.EscapeDataString(url)}");
        var result = await sut.Fetch(start, Strangers, CancellationToken.None);

        Assert.Equal(new FetchResult.Refused(failure), result);
        Assert.Equal([Shop], network.Connects);
    }

    [Theory]
    [MemberData(nameof(Resolved))]
    public async Task Address_Resolved_IsRefusedBeforeConnect(string[] answer)
    {
        var network = new RecordedNetwork().Answer("shop.example", answer);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        var result = await sut.Fetch(new Uri("https://shop.example/"), Strangers, CancellationToken.None);

        Assert.Equal(new FetchResult.Refused(FetchFailure.ForbiddenAddress), result);
        Assert.Empty(network.Connects);
    }

    [Fact]
    public async Task Name_ThatRebinds_KeepsItsFirstAnswer()
    {
        var network = new RecordedNetwork()
            .Answer("shop.example", RecordedNetwork.PublicIp).Answer("shop.example", "127.0.0.1")
            .Listen(Shop, origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        var result = await sut.Fetch(new Uri("http://shop.example/picture"), Strangers, CancellationToken.None);

        Assert.IsType<FetchResult.Fetched>(result);
        Assert.Equal(["shop.example"], network.Lookups);
        Assert.Equal([Shop], network.Connects);
    }

    [Fact]
    public async Task Name_ThatRebindsBeforeARedirect_IsCheckedAgain()
    {
        var network = new RecordedNetwork()
            .Answer("shop.example", RecordedNetwork.PublicIp).Answer("shop.example", "127.0.0.1")
            .Listen(Shop, origin.Address);
        using var sut = new GuardedFetcher(TimeProvider.System, network.Ports);

        var start = new Uri("http://shop.example/to?url=https://shop.example/");
        var result = await sut.Fetch(start, Strangers, CancellationToken.None);

        Assert.Equal(new FetchResult.Refused(FetchFailure.ForbiddenAddress), result);
        Assert.Equal([Shop], network.Connects);
    }

    private static TheoryData<string, FetchFailure> Data(IEnumerable<(string Url, FetchFailure Failure)> cases)
    {
        var data = new TheoryData<string, FetchFailure>();
        foreach (var (url, failure) in cases.DistinctBy(one => one.Url)) data.Add(url, failure);
        return data;
    }
}
