using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

namespace TryOn.Api.Tests.Canaries;

/// <summary>No text of an upstream reaches a client or a log, however a call succeeds or fails.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Models = new()
    {
        ["kling"] = Requests.Kling,
        ["gemini"] = Requests.Gemini,
        ["openai"] = "openai/gpt-image-1",
        ["fal"] = "fal/flux-kontext",
        ["fashn"] = "fashn/tryon-v1-6",
    };

    private static readonly string[] OfTheAccount =
        ["generations", "statement", "usage", "activity", "credits", "key", "keys", "webhooks", "models"];

    private readonly string _prompt = $"plaid-{RandomNumberGenerator.GetHexString(24)}";
    private readonly SandboxOptions _options = new() { Speed = 1_000_000 };
    private WebApplication _sandbox = null!;
    private CanaryUpstream _upstream = null!;
    private Receiver _receiver = null!;
    private GatewayRun _run = null!;

    public async Task InitializeAsync()
    {
        _sandbox = SandboxServer.Create(_options);
        await _sandbox.StartAsync();
        _upstream = await CanaryUpstream.Start(SandboxServer.AddressOf(_sandbox));
        _receiver = await Receiver.Start();
        _run = await GatewayRun.Start(Settings());
    }

    public async Task DisposeAsync()
    {
        await _run.DisposeAsync();
        await _receiver.DisposeAsync();
        await _upstream.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Upstreams_WhateverTheySend_ReachNoClient()
    {
        var told = await Task.WhenAll(Models.Keys.Select(Use));
        string[] never =
        [
            _upstream.Word, _upstream.Address.Authority, SandboxServer.AddressOf(_sandbox).Authority,
            _options.KlingApiKey, _options.GeminiApiKey, _options.OpenAIApiKey, _options.FalApiKey,
            _options.FashnApiKey,
        ];
        var logs = new Transcript();
        foreach (var line in _run.Logs.Text.Split('\n'))
            logs.Add("the log", line);
        var leaks = logs.Leaks([.. never, _prompt]).Concat(told.SelectMany(transcript => transcript.Leaks(never)))
            .ToList();
        Assert.True(leaks.Count == 0, $"{leaks.Count} leaks:\n{string.Join('\n', leaks.Take(20))}");
        // Enough answers carried the word, failures among them.
        Assert.InRange(_upstream.Answers, 200, int.MaxValue);
        Assert.All(
            (string[])["image_rejected", "content_moderated", "provider_unavailable"],
            name => Assert.All(told, transcript => Assert.NotEmpty(transcript.Leaks(name))));
    }

    private async Task<AccountTranscript> Use(string provider)
    {
        var limits = new { requests_per_minute = 100_000, status_requests_per_minute = 100_000, concurrency = 100 };
        var account = await _run.Open(credits: 1000, mode: "live", limits);
        var transcript = new AccountTranscript(_run, account);
        var model = Models[provider];
        var job = await Everywhere(account, transcript, model);
        Assert.True(job == "succeeded", $"{provider}: {job}");
        foreach (var fault in Failures.For(provider, _upstream.Word))
        {
            await Trouble(fault);
            await Everywhere(account, transcript, model);
        }

        Assert.True(await Everywhere(account, transcript, model) == "succeeded", $"{provider} did not recover");
        foreach (var path in OfTheAccount)
            await transcript.Get($"/api/v1/{path}");
        return transcript;
    }

    /// <summary>
    /// Sends the same request on four surfaces at once, then reads everything about the first one's job.
    /// </summary>
    private async Task<string> Everywhere(TestAccount account, AccountTranscript transcript, string model)
    {
        var (person, garment) = (TestPictures.Url(TestPictures.Person), TestPictures.Url(TestPictures.Garment));
        var prompt = model is Requests.Kling or "fashn/tryon-v1-6" ? null : _prompt;
        (string, object)[] more = prompt is null ? [] : [("prompt", prompt)];
        var before = _receiver.Deliveries.Count;
        var form = transcript.Post(
            "/api/v1/tryon", Requests.Good(model, [("webhook_url", _receiver.Address), .. more]));
        var others = new[]
        {
            // Kling's model would fall back to another provider, but this test wants to see Kling's refusals.
            transcript.Post("/api/v1/chat/completions", Requests.Json(
                Requests.Chat(model, _prompt).With("""{"provider":{"allow_fallbacks":false}}"""))),
            transcript.Post("/api/v1/chat/completions", Requests.Json(Requests.Chat(model, _prompt).With(
                """{"stream":true}"""))),
            transcript.Post(
                "/v1/images/generations",
                Requests.Json(new { model, prompt = _prompt, image = new[] { person, garment } })),
        };
        var id = (await form).Json.Text("id");
        await transcript.Watch(id);
        await Task.WhenAll(others);
        var job = await account.WaitUntilEnded(id);
        foreach (var path in (string[])["tryon/", "tryon/status/", "status/", "generation?id=", "v1/status/"])
            await transcript.Get(path == "v1/status/" ? $"/v1/status/{id}" : $"/api/v1/{path}{id}");
        foreach (var output in job.List("output"))
            await transcript.Get(output.Text("url"));
        await TestAccount.Until(
            () => Task.FromResult(_receiver.Deliveries.Any(got => got.Id == $"msg_{id}")),
            () => $"no webhook came for {id}, and {before} before");
        transcript.Add($"{id} webhook", _receiver.Deliveries.First(got => got.Id == $"msg_{id}").Text);
        await transcript.Get($"/api/v1/tryon/{id}/webhook");
        return job.Text("status");
    }

    private async Task Trouble(object fault)
    {
        using var client = new HttpClient();
        using var ordered = await client.PostAsJsonAsync(
            new Uri(SandboxServer.AddressOf(_sandbox), "sandbox/faults"), fault);
        Assert.Equal(201, (int)ordered.StatusCode);
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["TryOn:Egress:Allow:0"] = "127.0.0.0/8",
            ["TryOn:Providers:Fal:HistoryUrl"] = $"{_upstream.Address}",
        };
        foreach (var (provider, key) in new[]
        {
            ("Kling", _options.KlingApiKey), ("Gemini", _options.GeminiApiKey), ("OpenAI", _options.OpenAIApiKey),
            ("Fal", _options.FalApiKey), ("Fashn", _options.FashnApiKey),
        })
        {
            settings[$"TryOn:Providers:{provider}:BaseUrl"] = $"{_upstream.Address}";
            settings[$"TryOn:Providers:{provider}:ApiKey"] = key;
            if (provider is "Gemini" or "OpenAI")
                continue;
            settings[$"TryOn:Providers:{provider}:FirstPoll"] = "00:00:00.010";
            settings[$"TryOn:Providers:{provider}:PollInterval"] = "00:00:00.050";
        }

        return settings;
    }
}
