using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Fal;
using TryOn.Providers.Fashn;
using TryOn.Providers.Kling;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Callbacks;

/// <summary>
/// The callback addresses that upstreams are given, which are none where the gateway has no public origin.
/// </summary>
public sealed class CallbackRequestTests : IDisposable
{
    private static readonly CallbackAddress Addresses = new([.. Enumerable.Repeat((byte)7, 32)]);

    private readonly ScriptedHandler _upstream = new();

    public void Dispose() => _upstream.Dispose();

    [Theory]
    [InlineData("https://tryon.test")]
    [InlineData("https://tryon.test/")]
    public async Task Kling_WithAnOrigin_IsToldTheAddress(string origin)
    {
        var told = await Kling(origin);

        Assert.Equal("https://tryon.test" + Addresses.PathFor("kling", "att-1"), told);
    }

    [Fact]
    public async Task Kling_WithoutAnOrigin_IsToldNone() => Assert.Null(await Kling(""));

    [Theory]
    [InlineData("fal", "https://fal.test/fal-ai/flux-pro/kontext/multi", "fal_webhook")]
    [InlineData("fashn", "https://fashn.test/v1/run", "webhook_url")]
    public async Task Queue_WithAnOrigin_IsToldTheAddress(string provider, string submit, string parameter)
    {
        var address = Uri.EscapeDataString("https://tryon.test" + Addresses.PathFor(provider, "att-1"));

        Assert.Equal($"POST {submit}?{parameter}={address}", await Line(provider, "https://tryon.test"));
        Assert.Equal($"POST {submit}", await Line(provider, ""));
    }

    private async Task<string?> Kling(string origin)
    {
        _upstream.On("POST https://kling.test/v1/images/kolors-virtual-try-on", 500, "{}");
        await Submit(new KlingProvider(
            new KlingOptions { BaseUrl = "https://kling.test", ApiKey = "k" }, new FakeTimeProvider(), Http,
            new CallbackOrigin(origin, Addresses)));
        return JsonSerializer.Deserialize<JsonElement>(_upstream.Sent[^1].Body)
            .TryGetProperty("callback_url", out var told)
            ? told.GetString()
            : null;
    }

    /// <summary>No answer is registered for the request; only its first line matters.</summary>
    private async Task<string> Line(string provider, string origin)
    {
        var callbacks = new CallbackOrigin(origin, Addresses);
        ITryOnProvider sut = provider == "fal"
            ? new FalProvider(
                new FalOptions { BaseUrl = "https://fal.test", ApiKey = "k" }, new FakeTimeProvider(), Http, callbacks)
            : new FashnProvider(
                new FashnOptions { BaseUrl = "https://fashn.test", ApiKey = "k" }, new FakeTimeProvider(), Http,
                callbacks);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(sut));
        return _upstream.Sent[^1].Line;
    }

    private HttpMessageInvoker Http => new(_upstream, disposeHandler: false);

    private static Task<ProviderReply> Submit(ITryOnProvider sut) => sut.Submit(Calls.One(), CancellationToken.None);
}
