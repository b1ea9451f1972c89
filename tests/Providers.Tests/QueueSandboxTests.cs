using System.Text;
using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Fal;
using TryOn.Providers.Fashn;
using TryOn.Providers.OpenAI;
using TryOn.Providers.Tests.Fakes;
using TryOn.Providers.Wire;
using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

namespace TryOn.Providers.Tests;

/// <summary>
/// The adapters of OpenAI, fal and FASHN against the sandbox's upstreams, which share no code with them.
/// </summary>
public sealed class QueueSandboxTests : IAsyncLifetime, IDisposable
{
    private const string Flux = "fal/flux-kontext";
    private const string Kling = "kling/kolors-v1-5";

    private readonly FakeTimeProvider _time = new();
    private readonly SandboxOptions _options = new() { OpenAILatency = TimeSpan.Zero };
    private readonly HttpMessageInvoker _http = new(UpstreamHandler.Create());
    private readonly Microsoft.AspNetCore.Builder.WebApplication _sandbox;

    public QueueSandboxTests() => _sandbox = SandboxServer.Create(_options, clock: _time);

    private string Address => SandboxServer.AddressOf(_sandbox).AbsoluteUri;

    public Task InitializeAsync() => _sandbox.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task OpenAI_Submit_DeliversAPicture()
    {
        var call = Calls.One(prompt: "a red coat") with { Mask = Calls.Picture(Calls.Person) };

        var reply = Assert.IsType<ProviderReply.Delivered>(await OpenAI().Submit(call, CancellationToken.None));

        Assert.NotEqual(ImageKind.None, ImageKinds.Recognize(Assert.Single(reply.Pictures)));
    }

    [Fact]
    public async Task OpenAI_RetiredModelAndWrongKey_AreTheOperators()
    {
        var retired = await OpenAI(model: "gpt-image-1").Submit(Calls.One(), CancellationToken.None);
        var stranger = await OpenAI(key: "wrong").Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.Operator, "openai:404:model_not_found"), retired.Fault());
        Assert.Equal(new ProviderFault(FaultKind.Operator, "openai:401:invalid_api_key"), stranger.Fault());
    }

    [Fact]
    public async Task OpenAI_MaskOfAnotherSize_IsTheCallers()
    {
        var call = Calls.One() with { Mask = Calls.Picture(Calls.Garment) };

        Assert.Equal(FaultKind.Caller, (await OpenAI().Submit(call, CancellationToken.None)).Fault().Kind);
    }

    [Fact]
    public async Task OpenAI_AnswerLost_CannotBeFound()
    {
        await Order("openai", "drop_after");

        var lost = await OpenAI().Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, "openai:broken"), lost.Fault());
        Assert.IsType<ProviderReply.CannotTell>(await OpenAI().Find("att-1", "m", CancellationToken.None));
    }

    [Theory]
    [InlineData(Flux)]
    [InlineData(Kling)]
    public async Task Fal_FromSubmitToPicture_Works(string model)
    {
        var sut = Fal();

        var waiting = Assert.IsType<ProviderReply.Waiting>(
            await sut.Submit(Calls.One() with { Model = model }, CancellationToken.None));
        var early = await sut.Poll(waiting.UpstreamId, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(8));
        var ready = Assert.IsType<ProviderReply.Ready>(await sut.Poll(waiting.UpstreamId, CancellationToken.None));

        Assert.StartsWith(model == Kling ? "fal-ai/kling/requests/" : "fal-ai/flux-pro/requests/", waiting.UpstreamId);
        Assert.Equal(waiting with { PollAfter = TimeSpan.FromSeconds(2) }, early);
        await Download(sut, Assert.Single(ready.Addresses));
    }

    [Fact]
    public async Task Fal_AnswerLost_IsFoundInTheHistory()
    {
        await Order("fal", "drop_after");
        var sut = Fal();
        Assert.Equal(TimeSpan.FromSeconds(60), Assert.IsType<ProviderReply.Absent>(await Find(sut)).AskAgainAfter);

        var lost = await sut.Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(FaultKind.OutcomeUnknown, lost.Fault().Kind);
        var found = Assert.IsType<ProviderReply.Waiting>(await Find(sut));
        _time.Advance(TimeSpan.FromSeconds(8));
        Assert.IsType<ProviderReply.Ready>(await sut.Poll(found.UpstreamId, CancellationToken.None));
    }

    [Fact]
    public async Task Fal_LostWithoutASeed_CannotBeTold() => Assert.IsType<ProviderReply.CannotTell>(
        await Fal().Find("att-1", Kling, CancellationToken.None));

    [Fact]
    public async Task Fal_OtherAttemptsRequest_IsNotTakenForOurs()
    {
        await Fal().Submit(Calls.One("att-2"), CancellationToken.None);

        Assert.IsType<ProviderReply.Absent>(await Find(Fal()));
    }

    [Fact]
    public async Task Fal_RunThatFails_EndsWithItsReason()
    {
        await Order("fal", "fail_task", "content_policy_violation");
        var waiting = (ProviderReply.Waiting)await Fal().Submit(Calls.One(), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(8));

        var ended = Assert.IsType<ProviderReply.Ended>(await Fal().Poll(waiting.UpstreamId, CancellationToken.None));

        Assert.Equal(new ProviderFault(FaultKind.Moderation, "fal:422:content_policy_violation"), ended.Fault);
    }

    [Fact]
    public async Task Fashn_FromRunToPicture_Works()
    {
        var sut = Fashn();

        var waiting = Assert.IsType<ProviderReply.Waiting>(await sut.Submit(Calls.One(), CancellationToken.None));
        Assert.IsType<ProviderReply.Waiting>(await sut.Poll(waiting.UpstreamId, CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(8));
        var ready = Assert.IsType<ProviderReply.Ready>(await sut.Poll(waiting.UpstreamId, CancellationToken.None));

        await Download(sut, Assert.Single(ready.Addresses));
    }

    [Fact]
    public async Task Fashn_WrongKeyAndUnknownId_AreTold()
    {
        var stranger = new FashnProvider(new FashnOptions { BaseUrl = Address, ApiKey = "wrong" }, _time, _http);

        Assert.Equal(FaultKind.Operator, (await stranger.Submit(Calls.One(), CancellationToken.None)).Fault().Kind);
        Assert.Equal(FaultKind.TaskLost, (await Fashn().Poll("none", CancellationToken.None)).Fault().Kind);
    }

    private static Task<ProviderReply> Find(FalProvider sut) => sut.Find("att-1", Flux, CancellationToken.None);

    private static async Task Download(ITryOnProvider sut, string address)
    {
        var at = new Uri(address);
        Assert.True(sut.Downloads.Allows(at.Host, at.Port));
        using var client = new HttpClient();
        Assert.NotEqual(ImageKind.None, ImageKinds.Recognize(await client.GetByteArrayAsync(at)));
    }

    private async Task Order(string provider, string action, string body = "")
    {
        using var client = new HttpClient();
        using var order = new StringContent(
            $$"""{"provider":"{{provider}}","operation":"submit","action":"{{action}}","body":"{{body}}","times":1}""",
            Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(Address + "sandbox/faults"), order);
        answer.EnsureSuccessStatusCode();
    }

    private OpenAIProvider OpenAI(string? key = null, string model = "gpt-image-2") =>
        new(new OpenAIOptions { BaseUrl = Address, ApiKey = key ?? _options.OpenAIApiKey, ModelId = model }, _time,
            _http);

    private FalProvider Fal() =>
        new(new FalOptions { BaseUrl = Address, HistoryUrl = Address, ApiKey = _options.FalApiKey }, _time, _http);

    private FashnProvider Fashn() =>
        new(new FashnOptions { BaseUrl = Address, ApiKey = _options.FashnApiKey }, _time, _http);
}
