using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Sandbox;

namespace TryOn.Api.Tests;

/// <summary>A gateway whose live upstreams are a sandbox that can be told to misbehave.</summary>
public sealed class LiveGateway : IAsyncLifetime
{
    private WebApplication _upstream = null!;
    private Uri _address = null!;

    public GatewayRun Run { get; private set; } = null!;

    /// <summary>Settings of a gateway that one test wants otherwise.</summary>
    public Dictionary<string, string?> More { get; } = [];

    /// <summary>Whether OpenAI and FAL are configured too.</summary>
    public bool Broad { get; init; }

    /// <summary>What a test adds to the gateway.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    public async Task InitializeAsync()
    {
        var options = new SandboxOptions { Speed = 1_000_000 };
        _upstream = SandboxServer.Create(options);
        await _upstream.StartAsync();
        _address = SandboxServer.AddressOf(_upstream);
        if (Broad)
            Broaden(options);
        Run = await GatewayRun.Start(new Dictionary<string, string?>(More)
        {
            ["TryOn:Providers:Kling:BaseUrl"] = _address.ToString(),
            ["TryOn:Providers:Kling:ApiKey"] = options.KlingApiKey,
            ["TryOn:Providers:Kling:FirstPoll"] = "00:00:00.010",
            ["TryOn:Providers:Kling:PollInterval"] = "00:00:00.050",
            ["TryOn:Providers:Gemini:BaseUrl"] = _address.ToString(),
            ["TryOn:Providers:Gemini:ApiKey"] = options.GeminiApiKey,
        }, Services);
    }

    /// <summary>Without <c>times</c> the trouble lasts until <see cref="Calm"/>.</summary>
    public async Task Trouble(object fault)
    {
        using var client = new HttpClient();
        using var ordered = await client.PostAsJsonAsync(At("sandbox/faults"), fault);
        Assert.Equal(201, (int)ordered.StatusCode);
    }

    public async Task Calm()
    {
        using var client = new HttpClient();
        using var cleared = await client.DeleteAsync(At("sandbox/faults"));
        Assert.Equal(204, (int)cleared.StatusCode);
    }

    /// <summary>Paid calls the upstream has seen since it started.</summary>
    public async Task<int> Submits() => (await Log()).Count;

    /// <summary>The same as the upstream's own lines.</summary>
    public async Task<IReadOnlyList<JsonElement>> Log()
    {
        using var client = new HttpClient();
        var log = await client.GetStringAsync(At("sandbox/log"));
        return [.. log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    public async Task DisposeAsync()
    {
        await Run.DisposeAsync();
        await _upstream.StopAsync();
        await _upstream.DisposeAsync();
    }

    private void Broaden(SandboxOptions options)
    {
        More["TryOn:Providers:OpenAI:BaseUrl"] = _address.ToString();
        More["TryOn:Providers:OpenAI:ApiKey"] = options.OpenAIApiKey;
        More["TryOn:Providers:Fal:BaseUrl"] = _address.ToString();
        More["TryOn:Providers:Fal:HistoryUrl"] = _address.ToString();
        More["TryOn:Providers:Fal:ApiKey"] = options.FalApiKey;
        More["TryOn:Providers:Fal:FirstPoll"] = "00:00:00.010";
        More["TryOn:Providers:Fal:PollInterval"] = "00:00:00.050";
    }

    private Uri At(string path) => new(_address, path);
}

[CollectionDefinition(Name)]
public sealed class Live : ICollectionFixture<LiveGateway>
{
    public const string Name = "live gateway";
}
