using System.Text;
using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Gemini;
using TryOn.Providers.Kling;
using TryOn.Providers.Tests.Fakes;
using TryOn.Providers.Wire;
using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

namespace TryOn.Providers.Tests;

/// <summary>
/// Each adapter against the sandbox's upstream, which shares no code with it, so that only a mistake made twice goes
/// unnoticed.
/// </summary>
public sealed class SandboxTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SandboxOptions _options = new();
    private readonly HttpMessageInvoker _http = new(UpstreamHandler.Create());
    private readonly Microsoft.AspNetCore.Builder.WebApplication _sandbox;

    public SandboxTests() => _sandbox = SandboxServer.Create(_options, clock: _time);

    private string Address => SandboxServer.AddressOf(_sandbox).AbsoluteUri;

    public Task InitializeAsync() => _sandbox.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kling_FromSubmitToPicture_Works(bool byToken)
    {
        var sut = new KlingProvider(KlingOptions(byToken), _time, _http);

        var waiting = Assert.IsType<ProviderReply.Waiting>(await sut.Submit(Calls.One(), CancellationToken.None));
        var early = await sut.Poll(waiting.UpstreamId, CancellationToken.None);
        _time.Advance(waiting.PollAfter);

        var ready = Assert.IsType<ProviderReply.Ready>(await sut.Poll(waiting.UpstreamId, CancellationToken.None));
        var address = new Uri(Assert.Single(ready.Addresses));
        Assert.Equal(waiting with { PollAfter = TimeSpan.FromSeconds(3) }, early);
        Assert.True(sut.Downloads.Allows(address.Host, address.Port));
    }

    [Fact]
    public async Task Kling_LostSubmit_IsFoundByOurOwnId()
    {
        var sut = new KlingProvider(KlingOptions(), _time, _http);

        Assert.IsType<ProviderReply.Absent>(await sut.Find("att-1", "any/model", CancellationToken.None));
        var waiting = Assert.IsType<ProviderReply.Waiting>(await sut.Submit(Calls.One(), CancellationToken.None));

        var found = Assert.IsType<ProviderReply.Waiting>(await sut.Find("att-1", "any/model", CancellationToken.None));
        Assert.Equal(waiting.UpstreamId, found.UpstreamId);
    }

    [Fact]
    public async Task Kling_SubmitUnderTheSameId_IsAnUnknownOutcome()
    {
        var sut = new KlingProvider(KlingOptions(), _time, _http);
        await sut.Submit(Calls.One(), CancellationToken.None);

        var again = await sut.Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, "kling:1201"), again.Fault());
    }

    [Fact]
    public async Task Kling_WrongKeyAndUnknownTask_AreTold()
    {
        var stranger = new KlingProvider(new KlingOptions { BaseUrl = Address, ApiKey = "wrong" }, _time, _http);
        var sut = new KlingProvider(KlingOptions(), _time, _http);

        Assert.Equal(FaultKind.Operator, (await stranger.Submit(Calls.One(), CancellationToken.None)).Fault().Kind);
        Assert.Equal(FaultKind.TaskLost, (await sut.Poll("404", CancellationToken.None)).Fault().Kind);
    }

    [Theory]
    [InlineData("drop_after", "kling:broken")]
    [InlineData("garbage", "kling:not_json")]
    public async Task Kling_AnswerLost_IsFoundAfterwards(string action, string code)
    {
        var sut = new KlingProvider(KlingOptions(), _time, _http);
        await Order("kling", action);

        var lost = await sut.Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, code), lost.Fault());
        Assert.IsType<ProviderReply.Waiting>(await sut.Find("att-1", "any/model", CancellationToken.None));
    }

    [Theory]
    [InlineData("drop_after")]
    [InlineData("garbage")]
    public async Task Gemini_AnswerLost_IsAnUnknownOutcome(string action)
    {
        _options.GeminiLatency = TimeSpan.Zero;
        await Order("gemini", action);
        var sut = new GeminiProvider(
            new GeminiOptions { BaseUrl = Address, ApiKey = _options.GeminiApiKey }, _time, _http);

        var lost = await sut.Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(FaultKind.OutcomeUnknown, lost.Fault().Kind);
    }

    [Fact]
    public async Task Gemini_Submit_DeliversAPicture()
    {
        _options.GeminiLatency = TimeSpan.Zero;
        var sut = new GeminiProvider(
            new GeminiOptions { BaseUrl = Address, ApiKey = _options.GeminiApiKey }, _time, _http);

        var delivered = Assert.IsType<ProviderReply.Delivered>(await sut.Submit(Calls.One(), CancellationToken.None));

        Assert.NotEqual(ImageKind.None, ImageKinds.Recognize(Assert.Single(delivered.Pictures)));
    }

    [Fact]
    public async Task Gemini_WrongKeyAndUnknownModel_AreTheOperators()
    {
        var stranger = new GeminiProvider(new GeminiOptions { BaseUrl = Address, ApiKey = "wrong" }, _time, _http);
        var retired = new GeminiProvider(
            new GeminiOptions { BaseUrl = Address, ApiKey = _options.GeminiApiKey, ModelId = "gemini-0" },
            _time,
            _http);

        Assert.Equal(
            new ProviderFault(FaultKind.Operator, "gemini:400:INVALID_ARGUMENT"),
            (await stranger.Submit(Calls.One(), CancellationToken.None)).Fault());
        Assert.Equal(
            new ProviderFault(FaultKind.Operator, "gemini:404:NOT_FOUND"),
            (await retired.Submit(Calls.One(), CancellationToken.None)).Fault());
    }

    private async Task Order(string provider, string action)
    {
        using var client = new HttpClient();
        using var order = new StringContent(
            $$"""{"provider":"{{provider}}","operation":"submit","action":"{{action}}","times":1}""",
            Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Address + "sandbox/faults"), order);
        answer.EnsureSuccessStatusCode();
    }

    private KlingOptions KlingOptions(bool byToken = false) =>
        byToken
            ? new() { BaseUrl = Address, AccessKey = _options.KlingAccessKey, SecretKey = _options.KlingSecretKey }
            : new() { BaseUrl = Address, ApiKey = _options.KlingApiKey };
}
