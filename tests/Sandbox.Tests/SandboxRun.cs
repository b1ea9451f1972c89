using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Tests;

/// <summary>One sandbox on a free loopback port, and a client without automatic redirects or retries.</summary>
public sealed class SandboxRun : IAsyncDisposable
{
    public const string KlingPath = "/v1/images/kolors-virtual-try-on";

    private readonly WebApplication _app;

    private SandboxRun(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = SandboxServer.AddressOf(app), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public static async Task<SandboxRun> Start(Action<SandboxOptions>? configure = null, TimeProvider? clock = null)
    {
        var options = new SandboxOptions { Speed = 1e6 };
        configure?.Invoke(options);
        var app = SandboxServer.Create(options, clock: clock);
        await app.StartAsync();
        return new SandboxRun(app);
    }

    public async Task<Reply> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return await Reply.Read(response);
    }

    public Task<Reply> Get(string path, string? bearer = "sandbox-kling-key")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (bearer is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        return Send(request);
    }

    public async Task Order(object fault)
    {
        using var response = await Client.PostAsJsonAsync("/sandbox/faults", fault);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }

    public async Task<List<JsonElement>> Log()
    {
        var lines = await Client.GetStringAsync(new Uri("/sandbox/log", UriKind.Relative));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    public Task StopServer() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
