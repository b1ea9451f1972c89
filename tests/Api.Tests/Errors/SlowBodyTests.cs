using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace TryOn.Api.Tests.Errors;

/// <summary>
/// Stalled uploads are cut off. This gateway has a grace period of less than a second, shorter than in production.
/// </summary>
public sealed class SlowBodyTests : IAsyncLifetime
{
    private GatewayRun _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayRun.Start(services: services =>
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate =
            new MinDataRate(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(1.1))));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(
        "/api/v1/tryon", "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n")]
    [InlineData("/api/v1/chat/completions", "application/json", "{ \"model\": ")]
    public async Task Body_ThatStandsStill_IsWorthSendingAgain(string path, string contentType, string start)
    {
        var account = await _gateway.Open();
        var headers = $"Authorization: Bearer {account.Key}\r\nContent-Type: {contentType}";
        var reply = await account.AssertUnchanged(() => RawCall.Post(
            _gateway.Address, path, headers, start, bytes: 1024 * 1024, chunked: false, stalls: true));
        Envelope.Check(reply, 408, "RequestTimeout", "timeout");
        Assert.Equal("true", reply.Header("x-should-retry"));
    }
}
