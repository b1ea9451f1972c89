using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TryOn.Core.Providers;
using TryOn.Providers.Fal;
using TryOn.Providers.Fashn;
using TryOn.Providers.Gemini;
using TryOn.Providers.Kling;
using TryOn.Providers.OpenAI;
using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

namespace TryOn.Api.Start;

/// <summary>
/// The sandbox on a loopback port of this process, with random keys, and the adapters that call it. They are the same
/// classes that call the real upstreams.
/// </summary>
public sealed class InProcessSandbox(
    IOptions<InProcessSandboxOptions> options, HttpMessageInvoker http, TimeProvider clock) : IHostedService,
    IAsyncDisposable
{
    private readonly SandboxOptions _sandbox = new()
    {
        Speed = options.Value.Speed,
        KlingApiKey = RandomNumberGenerator.GetHexString(32),
        GeminiApiKey = RandomNumberGenerator.GetHexString(32),
        OpenAIApiKey = RandomNumberGenerator.GetHexString(32),
        FalApiKey = RandomNumberGenerator.GetHexString(32),
        FashnApiKey = RandomNumberGenerator.GetHexString(32),
    };

    private WebApplication? _server;

    /// <summary>Empty until the host has started the sandbox.</summary>
    public IReadOnlyList<ITryOnProvider> Providers { get; private set; } = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = SandboxServer.Create(_sandbox);
        await _server.StartAsync(cancellationToken);
        Providers = CreateProviders(SandboxServer.AddressOf(_server).ToString());
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IReadOnlyList<ITryOnProvider> CreateProviders(string address)
    {
        var kling = new KlingOptions
        {
            BaseUrl = address,
            ApiKey = _sandbox.KlingApiKey,
            ConcurrencyMax = int.MaxValue,
            FirstPoll = _sandbox.Scaled(_sandbox.KlingLatency),
            PollInterval = TimeSpan.FromMilliseconds(250),
        };
        var gemini =
            new GeminiOptions { BaseUrl = address, ApiKey = _sandbox.GeminiApiKey, ConcurrencyMax = int.MaxValue };
        var openai =
            new OpenAIOptions { BaseUrl = address, ApiKey = _sandbox.OpenAIApiKey, ConcurrencyMax = int.MaxValue };
        var fal = new FalOptions
        {
            BaseUrl = address,
            HistoryUrl = address,
            ApiKey = _sandbox.FalApiKey,
            ConcurrencyMax = int.MaxValue,
            FirstPoll = _sandbox.Scaled(_sandbox.FalLatency),
            PollInterval = TimeSpan.FromMilliseconds(250),
            HistoryLag = TimeSpan.FromMilliseconds(250),
        };
        var fashn = new FashnOptions
        {
            BaseUrl = address,
            ApiKey = _sandbox.FashnApiKey,
            ConcurrencyMax = int.MaxValue,
            FirstPoll = _sandbox.Scaled(_sandbox.FashnLatency),
            PollInterval = TimeSpan.FromMilliseconds(250),
        };
        return
        [
            new KlingProvider(kling, clock, http), new GeminiProvider(gemini, clock, http),
            new OpenAIProvider(openai, clock, http), new FalProvider(fal, clock, http),
            new FashnProvider(fashn, clock, http),
        ];
    }
}
