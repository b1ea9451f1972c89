using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Sandbox;

namespace TryOn.Testing;

/// <summary>A gateway whose live upstreams are a sandbox that can be told to misbehave.</summary>
public sealed class LiveGateway : IAsyncLifetime
{
    private WebApplication _upstream = null!;
    private Uri _address = null!;

    public GatewayRun Run { get; private set; } = null!;

    /// <summary>Settings of a gateway that one test wants otherwise.</summary>
    public Dictionary<string, string?> More { get; } = [];

    /// <summary>What a test adds to the gateway.</summary>
    public Action<IServiceCollection>? Services { get; set; }

    /// <summary>What the upstreams are like, where they are not just quick.</summary>
    public SandboxOptions Upstream { get; init; } = new() { Speed = 1_000_000 };

    /// <summary>True for live accounts that reach all of the upstreams, and not Kling and Gemini alone.</summary>
    public bool All { get; init; }

    public async Task InitializeAsync()
    {
        _upstream = SandboxServer.Create(Upstream);
        await _upstream.StartAsync();
        _address = SandboxServer.AddressOf(_upstream);
        var settings = Settings("Kling", Upstream.KlingApiKey).Concat(Settings("Gemini", Upstream.GeminiApiKey));
        if (All)
        {
            settings = settings.Concat(Settings("OpenAI", Upstream.OpenAIApiKey)).Concat(Settings("Fal", Upstream.FalApiKey))
                .Concat(Settings("Fashn", Upstream.FashnApiKey))
                .Append(new("TryOn:Providers:Fal:HistoryUrl", _address.ToString()))
                .Append(new("TryOn:Providers:Fal:WebhookKeysUrl", At(".well-known/jwks.json").ToString()));
        }

        Run = await GatewayRun.Start(More.Concat(settings.ExceptBy(More.Keys, setting => setting.Key)).ToDictionary(), Services);
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
    public async Task<int> Submits() => (await Witness()).Count(line => line.Text("operation") == "submit");

    /// <summary>What the upstream has seen and done since it started.</summary>
    public async Task<IReadOnlyList<JsonElement>> Witness()
    {
        using var client = new HttpClient();
        var log = await client.GetStringAsync(At("sandbox/log"));
        return
        [
            .. log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)),
        ];
    }

    /// <summary>How often the upstream was asked for something since it started.</summary>
    public async Task<int> Asked(string provider, string operation)
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
        // Tests begin jobs that they do not wait for; with as few places as a real account has, those would hold up other tests' jobs.
        new($"TryOn:Providers:{provider}:ConcurrencyMax", "200"),
    ];

    private Uri At(string path) => new(_address, path);
}
