using System.Net;
using TryOn.Core.Providers;
using TryOn.Providers.Fal;
using TryOn.Providers.Fashn;
using TryOn.Providers.OpenAI;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests;

/// <summary>The cost that upstreams report for a call, however it ended, and none where they report none.</summary>
public sealed class CostTests : IDisposable
{
    private const string Run = "fal-ai/flux-pro/requests/r1";

    private readonly ScriptedHandler _upstream = new();

    public void Dispose() => _upstream.Dispose();

    [Theory]
    [InlineData("""{"total_tokens":3200,"input_tokens":3000}""", 3200)]
    [InlineData("""{"total_tokens":"many"}""", null)]
    [InlineData("""{"total_tokens":-1}""", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public async Task OpenAI_Usage_IsTheCostOfThePicture(string usage, int? tokens)
    {
        var answer = $$"""{"data":[{"b64_json":"{{Convert.ToBase64String(Calls.Person)}}"}],"usage":{{usage}}}""";

        var reply = Assert.IsType<ProviderReply.Delivered>(await OpenAI(200, answer));

        Assert.Equal(tokens is null ? null : new ProviderCost(tokens.Value, "openai_tokens"), reply.Cost);
    }

    [Fact]
    public async Task OpenAI_UsageWithoutAPicture_IsACostToo()
    {
        var reply = Assert.IsType<ProviderReply.Faulted>(await OpenAI(200,
            """{"data":[],"usage":{"total_tokens":70}}"""));

        Assert.Equal((FaultKind.NoPicture, new ProviderCost(70, "openai_tokens")), (reply.Fault.Kind, reply.Cost));
    }

    [Theory]
    [InlineData("1.5", true)]
    [InlineData("free", false)]
    [InlineData("-1", false)]
    [InlineData(null, false)]
    public async Task Fal_BillableUnits_AreTheCostOfTheResult(string? header, bool told)
    {
        var reply = Assert.IsType<ProviderReply.Ready>(
            await Fal("""{"status":"COMPLETED"}""", 200, """{"images":[{"url":"https://a/1"}]}""", header));

        Assert.Equal(told ? new ProviderCost(1.5m, "fal_units") : null, reply.Cost);
    }

    [Fact]
    public async Task Fal_RefusedRun_MayHaveCostToo()
    {
        var reply = Assert.IsType<ProviderReply.Ended>(await Fal(
            """{"status":"COMPLETED","error":"e"}""", 422, """{"detail":[{"type":"content_policy_violation"}]}""",
                "1"));

        Assert.Equal((FaultKind.Moderation, new ProviderCost(1, "fal_units")), (reply.Fault.Kind, reply.Cost));
    }

    /// <summary>The result is requested again, and its cost would be counted twice.</summary>
    [Fact]
    public async Task Fal_ResultThatCouldNotBeFetched_HasNoCostYet() =>
        Assert.Null((await Fal("""{"status":"COMPLETED"}""", 503, "{}", "1")).Cost);

    [Theory]
    [InlineData("completed", 1)]
    [InlineData("failed", 1)]
    [InlineData("processing", null)]
    public async Task Fashn_CreditsUsed_AreTheCostOfWhatIsOver(string status, int? credits)
    {
        _upstream.On("GET https://fashn.test/v1/status/p1", _ => Answer(
            200, $$"""{"id":"p1","status":"{{status}}","output":["https://a/1"]}""", "x-fashn-credits-used", "1"));
        var sut = new FashnProvider(
            new FashnOptions { BaseUrl = "https://fashn.test", ApiKey = "k" }, new FakeTimeProvider(), Http);

        var reply = await sut.Poll("p1", CancellationToken.None);

        Assert.Equal(credits is null ? null : new ProviderCost(1, "fashn_credits"), reply.Cost);
    }

    private HttpMessageInvoker Http => new(_upstream, disposeHandler: false);

    private Task<ProviderReply> OpenAI(int status, string answer)
    {
        _upstream.On("POST https://openai.test/v1/images/edits", status, answer);
        return new OpenAIProvider(
            new OpenAIOptions { BaseUrl = "https://openai.test", ApiKey = "k" }, new FakeTimeProvider(), Http)
            .Submit(Calls.One(), CancellationToken.None);
    }

    private Task<ProviderReply> Fal(string status, int code, string result, string? units)
    {
        _upstream.On($"GET https://fal.test/{Run}/status", 200, status);
        _upstream.On($"GET https://fal.test/{Run}", _ => Answer(code, result, "X-Fal-Billable-Units", units));
        return new FalProvider(
            new FalOptions { BaseUrl = "https://fal.test", ApiKey = "k" }, new FakeTimeProvider(), Http)
            .Poll(Run, CancellationToken.None);
    }

    private static Task<HttpResponseMessage> Answer(int status, string body, string header, string? value)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        if (value is not null)
            answer.Headers.Add(header, value);
        return Task.FromResult(answer);
    }
}
