using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

namespace TryOn.Testing;

/// <summary>A gateway whose live upstreams are a sandbox that can be told to misbehave.</summary>
public sealed class LiveGateway : IAsyncLifetime
{
    private WebApplication _upstream = null!;
    private Uri _address = null!;

    public GatewayRun Run { get; private set; } = null!;

    /// <summary>Settings that replace the defaults of this gateway.</summary>
    public Dictionary<string, string?> Overrides { get; } = [];

    /// <summary>Services that a test adds to the gateway.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>The options of the sandbox behind the live upstreams.</summary>
    public SandboxOptions Upstream { get; init; } = new() { Speed = 1_000_000 };

    /// <summary>True to configure all five upstreams for live accounts, false for Kling and Gemini only.</summary>
    public bool AllProviders { get; init; }

    public async Task InitializeAsync()
    {
        _upstream = SandboxServer.Create(Upstream);
        await _upstream.StartAsync();
        _address = SandboxServer.AddressOf(_upstream);
        var settings = Settings("Kling", Upstream.KlingApiKey).Concat(Settings("Gemini", Upstream.GeminiApiKey));
        if (AllProviders)
        {
            settings = settings.Concat(Settings("OpenAI", Upstream.OpenAIApiKey))
                .Concat(Settings("Fal", Upstream.FalApiKey))
                .Concat(Settings("Fashn", Upstream.FashnApiKey))
                .Append(new("TryOn:Providers:Fal:HistoryUrl", _address.ToString()))
                .Append(new("TryOn:Providers:Fal:WebhookKeysUrl", At(".well-known/jwks.json").ToString()));
        }

        Run = await GatewayRun.Start(
            Overrides.Concat(settings.ExceptBy(Overrides.Keys, setting => setting.Key)).ToDictionary(), Services);
    }

    /// <summary>Without <c>times</c> the fault lasts until <see cref="ClearFaults"/>.</summary>
    public async Task InjectFault(object fault)
    {
        using var client = new HttpClient();
        using var ordered = await client.PostAsJsonAsync(At("sandbox/faults"), fault);
        Assert.Equal(201, (int)ordered.StatusCode);
    }

    public async Task ClearFaults()
    {
        using var client = new HttpClient();
        using var cleared = await client.DeleteAsync(At("sandbox/faults"));
        Assert.Equal(204, (int)cleared.StatusCode);
    }

    /// <summary>How many paid calls the upstream has received since it started.</summary>
    public async Task<int> SubmitCount() => (await WitnessLog()).Count(line => line.Text("operation") == "submit");

    /// <summary>The log of the requests that the upstream has received since it started.</summary>
    public async Task<IReadOnlyList<JsonElement>> WitnessLog()
    {
        using var client = new HttpClient();
        var log = await client.GetStringAsync(At("sandbox/log"));
        return
        [
            .. log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line)),
        ];
    }

    /// <summary>How many requests of an operation the upstream has received since it started.</summary>
    public async Task<int> RequestCount(string provider, string operation)
    {
        using var client = new HttpClient();
        var lines = (await client.GetFromJsonAsync<List<JsonElement>>(At("sandbox/tally")))!;
        return lines.Where(line => (line.Text("provider"), line.Text("operation")) == (provider, operation))
            .Sum(line => line.GetProperty("requests").GetInt32());
    }

    public async Task DisposeAsync()
    {
        await Run.DisposeAsync();
        await _upstream.StopAsync();
        await _upstream.DisposeAsync();
    }

    private IEnumerable<KeyValuePair<string, string?>> Settings(string provider, string key) =>
    [
        new($"TryOn:Providers:{provider}:BaseUrl", _address.ToString()),
        new($"TryOn:Providers:{provider}:ApiKey", key),
        new($"TryOn:Providers:{provider}:FirstPoll", "00:00:00.010"),
        new($"TryOn:Providers:{provider}:PollInterval", "00:00:00.050"),
        // Tests start jobs that they do not wait for. With as low a limit as real accounts have, those jobs would delay
        // the jobs of other tests.
        new($"TryOn:Providers:{provider}:ConcurrencyMax", "200"),
    ];

    private Uri At(string path) => new(_address, path);
}
