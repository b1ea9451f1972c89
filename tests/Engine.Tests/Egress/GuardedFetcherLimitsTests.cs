using System.Net;
using TryOn.Core.Egress;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class GuardedFetcherLimitsTests : IAsyncLifetime
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Origin _origin = new();
    private readonly FakeTimeProvider _time = new();

    public Task InitializeAsync() => _origin.InitializeAsync();

    public Task DisposeAsync() => _origin.DisposeAsync();

    [Fact]
    public async Task Fetch_SlowBody_TimesOutAsAWhole()
    {
        using var sut = new GuardedFetcher(_time, EgressNetwork.Real);
        var fetch = sut.Fetch(_origin.At("/slow"), Policy(), default).AsTask();
        await _origin.SlowStarted.Task.WaitAsync(Patience);

        _time.Advance(TimeMax - TimeSpan.FromTicks(1));
        Assert.False(fetch.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(Refused(FetchFailure.TimedOut), await fetch.WaitAsync(Patience));
    }

    [Fact]
    public async Task Fetch_CallerCancels_Throws()
    {
        using var caller = new CancellationTokenSource();
        using var sut = new GuardedFetcher(_time, EgressNetwork.Real);
        var fetch = sut.Fetch(_origin.At("/slow"), Policy(), caller.Token).AsTask();
        await _origin.SlowStarted.Task.WaitAsync(Patience);

        await caller.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch.WaitAsync(Patience));
        Assert.Equal(caller.Token, thrown.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_SilentNetwork_TimesOutInThreeSeconds(bool resolves)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var network = new EgressNetwork(
            async (_, token) => resolves ? [IPAddress.Parse("8.8.8.8")] : await Hang<IPAddress[]>(waiting, token),
            async (_, token) => await Hang<Stream>(waiting, token));
        using var sut = new GuardedFetcher(_time, network);
        var fetch = sut.Fetch(new Uri("https://shop.example/"), Policy(), default).AsTask();
        await waiting.Task.WaitAsync(Patience);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(Refused(FetchFailure.TimedOut), await fetch.WaitAsync(Patience));
    }

    [Fact]
    public async Task Fetch_EndlessBody_StopsAtTheCap()
    {
        var taken = 0L;
        var counted = EgressNetwork.Real with
        {
            Connect = async (endpoint, token) =>
                new CountingStream(await EgressNetwork.Real.Connect(endpoint, token), read => taken += read),
        };
        using var sut = new GuardedFetcher(_time, counted);

        Assert.Equal(Refused(FetchFailure.TooLarge), await sut.Fetch(_origin.At("/endless"), Policy(), default));
        Assert.InRange(taken, 1 << 20, 3 << 20);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Fetch_BodyThatGrowsWhenDecoded_StopsAtTheCap(string coding) =>
        Assert.Equal(Refused(FetchFailure.TooLarge), await Fetch($"/bomb?coding={coding}"));

    [Fact]
    public async Task Fetch_DeclaredTooLarge_IsRefusedUnread() =>
        Assert.Equal(Refused(FetchFailure.TooLarge), await Fetch("/promise"));

    [Fact]
    public async Task Fetch_BodyCutShort_IsNotAPicture() =>
        Assert.Equal(Refused(FetchFailure.Unreachable), await Fetch("/truncated"));

    private static async Task<T> Hang<T>(TaskCompletionSource waiting, CancellationToken token)
    {
        var hung = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => hung.TrySetCanceled(token));
        waiting.TrySetResult();
        return await hung.Task;
    }

    private async Task<FetchResult> Fetch(string path)
    {
        using var sut = new GuardedFetcher(_time, EgressNetwork.Real);
        return await sut.Fetch(_origin.At(path), Policy(), default).AsTask().WaitAsync(Patience);
    }

    private FetchPolicy Policy() => new(1 << 20, TimeMax, EgressAllowList.Empty.With(_origin.Address));

    private static FetchResult.Refused Refused(FetchFailure failure) => new(failure);
}
