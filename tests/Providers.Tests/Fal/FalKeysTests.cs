using System.Buffers.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NSec.Cryptography;
using TryOn.Providers.Fal;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Fal;

public sealed class FalKeysTests : IDisposable
{
    private const string Line = "GET https://keys.test/jwks.json";

    private static readonly byte[] Message = [1, 2, 3];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedHandler _upstream = new();
    private readonly HttpMessageInvoker _http;
    private readonly Key _first = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly Key _second = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly Key _strangers = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly FalKeys _sut;

    public FalKeysTests()
    {
        _http = new HttpMessageInvoker(_upstream);
        _sut = new FalKeys(
            new FalOptions { WebhookKeysUrl = "https://keys.test/jwks.json" }, _time, _http,
            NullLogger<FalKeys>.Instance);
    }

    public void Dispose()
    {
        _http.Dispose();
        _first.Dispose();
        _second.Dispose();
        _strangers.Dispose();
    }

    [Fact]
    public async Task Keys_Fetched_AreKeptForADay()
    {
        Publish(_first);
        Assert.True(await Signed(_first));
        _time.Advance(FalKeys.AgeMax - Second);
        Assert.True(await Signed(_first));
        Assert.Single(_upstream.Sent);

        // Only the keys published by then are valid.
        Publish(_second);
        _time.Advance(Second);
        Assert.False(await Signed(_first));
        Assert.True(await Signed(_second));
        Assert.Equal(2, _upstream.Sent.Count);
    }

    [Fact]
    public async Task Key_ThatIsNew_IsFoundAtOnce()
    {
        Publish(_first);
        Assert.True(await Signed(_first));
        _time.Advance(FalKeys.FetchInterval);

        Publish(_first, _second);

        Assert.True(await Signed(_second));
        Assert.True(await Signed(_first));
        Assert.Equal(2, _upstream.Sent.Count);
    }

    [Fact]
    public async Task Key_ThatIsNoLongerPublished_SignsNothing()
    {
        Publish(_first);
        Assert.True(await Signed(_first));
        _time.Advance(FalKeys.FetchInterval);

        Publish(_second);

        Assert.True(await Signed(_second));
        Assert.False(await Signed(_first));
    }

    [Fact]
    public async Task Forgeries_InGreatNumber_FetchOncePerPause()
    {
        Publish(_first);
        for (var repeat = 0; repeat < 100; repeat++)
            Assert.False(await Signed(_strangers));
        _time.Advance(FalKeys.FetchInterval - Second);
        Assert.False(await Signed(_strangers));
        Assert.Single(_upstream.Sent);

        Publish(_first);
        _time.Advance(Second);
        for (var repeat = 0; repeat < 100; repeat++)
            Assert.False(await Signed(_strangers));

        Assert.True(await Signed(_first));
        Assert.Equal(2, _upstream.Sent.Count);
    }

    [Fact]
    public async Task Callers_WhoComeTogether_ShareOneFetch()
    {
        var answered = new TaskCompletionSource<HttpResponseMessage>();
        _upstream.On(Line, answered.Task.WaitAsync);

        using var leaving = new CancellationTokenSource();
        var gone = Signed(_first, leaving.Token);
        var (genuine, forged) = (Many(_first), Many(_strangers));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.All(genuine.Concat(forged), each => Assert.False(each.IsCompleted));
        answered.SetResult(new HttpResponseMessage { Content = new StringContent(List(_first)) });

        Assert.All(await Task.WhenAll(genuine), Assert.True);
        Assert.All(await Task.WhenAll(forged), Assert.False);
        Assert.Single(_upstream.Sent);
    }

    [Theory]
    [InlineData(503, "{}")]
    [InlineData(301, "{}")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"keys":[]}""")]
    public async Task Outage_BeforeAnyKey_AcceptsNoSignature(int status, string body)
    {
        _upstream.On(Line, status, body);
        for (var repeat = 0; repeat < 100; repeat++)
            Assert.False(await Signed(_first));
        Assert.Single(_upstream.Sent);

        Publish(_first);
        _time.Advance(FalKeys.FetchInterval);
        Assert.True(await Signed(_first));
    }

    [Fact]
    public async Task Outage_AfterAFetch_KeepsKnownKeysForADay()
    {
        Publish(_first);
        Assert.True(await Signed(_first));
        _time.Advance(FalKeys.AgeMax - Second);

        _upstream.On(Line, _ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        Assert.False(await Signed(_second));
        Assert.True(await Signed(_first));

        _time.Advance(Second);
        Assert.False(await Signed(_first));
        Assert.Equal(2, _upstream.Sent.Count);
    }

    /// <summary>A caller waits for ten seconds at most, and the next one may fetch again.</summary>
    [Fact]
    public async Task Outage_WithoutAnyAnswer_TimesOut()
    {
        _upstream.On(Line, async cancellation =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            return new HttpResponseMessage();
        });

        var waiting = Signed(_first);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
        Publish(_first);
        _time.Advance(FalKeys.FetchInterval);
        Assert.True(await Signed(_first));
    }

    private void Publish(params Key[] keys) => _upstream.On(Line, 200, List(keys));

    private Task<bool>[] Many(Key key) => [.. Enumerable.Range(0, 20).Select(_ => Signed(key))];

    private Task<bool> Signed(Key key, CancellationToken cancellation = default) =>
        _sut.Verify(Message, SignatureAlgorithm.Ed25519.Sign(key, Message), cancellation);

    private static string List(params Key[] keys) => $$"""{"keys":[{{string.Join(',', keys.Select(Published))}}]}""";

    private static string Published(Key key) =>
        $$"""{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(key.PublicKey.Export(KeyBlobFormat.RawPublicKey))}}"}""";
}
