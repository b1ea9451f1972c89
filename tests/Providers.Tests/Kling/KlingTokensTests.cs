using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Kling;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Kling;

public sealed class KlingTokensTests : IDisposable
{
    private const string Line = "GET https://kling.test/v1/images/kolors-virtual-try-on/1";
    private const string Working = """{"code":0,"data":{"task_id":"1","task_status":"processing"}}""";
    private const string Refused = """{"code":1004,"message":"expired"}""";

    private readonly ScriptedHandler _upstream = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _upstream.Dispose();

    [Fact]
    public void Current_Token_HasTheClaimsAndSignatureAsked()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();

        var parts = new KlingTokens(Pair(), _time).Current().Split('.');

        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Text(parts[0]));
        var claims = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Text(parts[1]))!;
        Assert.Equal(["exp", "iss", "nbf"], claims.Keys.Order());
        Assert.Equal("the-access", claims["iss"].GetString());
        Assert.Equal(now + 1800, claims["exp"].GetInt64());
        Assert.Equal(now - 5, claims["nbf"].GetInt64());
        var signature = HMACSHA256.HashData("the-secret"u8, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Convert.ToBase64String(signature).TrimEnd('=').Replace('+', '-').Replace('/', '_'), parts[2]);
    }

    [Fact]
    public void Current_Token_IsReusedForTwentyFiveMinutes()
    {
        var sut = new KlingTokens(Pair(), _time);
        var first = sut.Current();

        _time.Advance(TimeSpan.FromMinutes(25) - TimeSpan.FromTicks(1));
        Assert.Equal(first, sut.Current());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.NotEqual(first, sut.Current());
    }

    [Fact]
    public void Current_ClockSetBack_MintsATokenThatIsValidThen()
    {
        var sut = new KlingTokens(Pair(), _time);
        var first = sut.Current();

        _time.AdjustTime(_time.GetUtcNow() - TimeSpan.FromMinutes(1));

        Assert.NotEqual(first, sut.Current());
    }

    [Fact]
    public void Current_StaticKey_IsPreferred()
    {
        var options = Pair();
        options.ApiKey = "the-key";

        Assert.Equal("the-key", new KlingTokens(options, _time).Current());
    }

    [Fact]
    public void Drop_OfAReplacedToken_KeepsItsSuccessor()
    {
        var sut = new KlingTokens(Pair(), _time);
        var first = sut.Current();
        _time.Advance(TimeSpan.FromMinutes(25));
        var second = sut.Current();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(sut.Discard(first));

        Assert.Equal(second, sut.Current());
    }

    [Theory]
    [InlineData(1003)]
    [InlineData(1004)]
    public async Task Call_TokenRefused_IsRepeatedOnceWithANewOne(int code)
    {
        _upstream.On(Line, _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized)
            {
                Content = new StringContent($$"""{"code":{{code}},"message":""}"""),
            });
        }).On(Line, 200, Working);

        var reply = await CreateSut(Pair()).Poll("1", CancellationToken.None);

        Assert.IsType<ProviderReply.Waiting>(reply);
        Assert.Equal(2, _upstream.Sent.Select(sent => sent.Authorization).Distinct().Count());
    }

    [Fact]
    public async Task Call_TokenRefusedTwice_IsTheOperators()
    {
        _upstream.On(Line, 401, Refused).On(Line, 401, Refused);

        var reply = await CreateSut(Pair()).Poll("1", CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.Operator, "kling:1004"), reply.Fault());
        Assert.Equal(2, _upstream.Sent.Count);
    }

    [Fact]
    public async Task Call_StaticKeyRefused_IsNotRepeated()
    {
        _upstream.On(Line, 401, Refused);

        var reply = await CreateSut(new KlingOptions { ApiKey = "the-key" }).Poll("1", CancellationToken.None);

        Assert.Equal(FaultKind.Operator, reply.Fault().Kind);
    }

    [Fact]
    public async Task Call_Repeat_SharesTheTimeout()
    {
        _upstream.On(Line, _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(29));
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Refused) });
        }).On(Line, cancellation =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Working) });
        });

        var reply = await CreateSut(Pair()).Poll("1", CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, "kling:timeout"), reply.Fault());
    }

    private static KlingOptions Pair() => new() { AccessKey = "the-access", SecretKey = "the-secret" };

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private KlingProvider CreateSut(KlingOptions options)
    {
        options.BaseUrl = "https://kling.test";
        return new KlingProvider(options, _time, new HttpMessageInvoker(_upstream));
    }
}
