using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

namespace TryOn.Api.Tests.Jobs;

/// <summary>Canceling a job whose upstream can stop it, seen from both sides.</summary>
public sealed class UpstreamCancelTests : IAsyncLifetime
{
    private readonly SandboxOptions _options = new() { Speed = 1 };
    private readonly ConcurrentQueue<string> _canceled = new();
    private WebApplication _upstream = null!;
    private GatewayRun _run = null!;

    public async Task InitializeAsync()
    {
        _upstream = SandboxServer.Create(_options);
        _upstream.Use((HttpContext context, RequestDelegate next) =>
        {
            if (context.Request.Path.Value!.EndsWith("/cancel", StringComparison.Ordinal))
                _canceled.Enqueue($"{context.Request.Method} {context.Request.Path}");
            return next(context);
        });
        await _upstream.StartAsync();
        var address = SandboxServer.AddressOf(_upstream).ToString();
        _run = await GatewayRun.Start(new()
        {
            ["TryOn:Providers:Fal:BaseUrl"] = address,
            ["TryOn:Providers:Fal:HistoryUrl"] = address,
            ["TryOn:Providers:Fal:ApiKey"] = _options.FalApiKey,
        });
    }

    public async Task DisposeAsync()
    {
        await _run.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Cancel_OfAQueuedRequest_ReachesTheUpstreamAndCostsNothing()
    {
        var account = await _run.Open(mode: "live");
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/api/v1/tryon") { Content = Requests.Good("fal/flux-kontext") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        request.Headers.TryAddWithoutValidation("Prefer", "wait=1");
        var id = (await _run.Send(request)).Json.Text("id");
        JsonElement[] submits = [];
        await TestAccount.Until(async () => (submits = await Submits()).Length == 1, () => $"{id} was not submitted");
        var reply = await _run.Send(HttpMethod.Delete, $"/api/v1/tryon/{id}", account.Key);
        Assert.Contains((reply.Status, reply.Json.Text("outcome")), new[] { (200, "canceled"), (202, "requested") });
        Assert.Equal(reply.Status == 202, reply.Json.GetProperty("may_be_charged").GetBoolean());
        var job = await account.WaitUntilEnded(id);
        Assert.Equal(("canceled", 0), (job.Text("status"), job.Number("credits")));
        Assert.Equal(10, (await account.WaitUntilSettled()).Number("available"));
        var told = Assert.Single(_canceled);
        Assert.StartsWith("PUT ", told, StringComparison.Ordinal);
        Assert.Contains(submits[0].Text("task_id"), told, StringComparison.Ordinal);
        Assert.Single(await Submits());
    }

    private async Task<JsonElement[]> Submits()
    {
        using var client = new HttpClient { BaseAddress = SandboxServer.AddressOf(_upstream) };
        var log = await client.GetStringAsync("sandbox/log");
        return [.. log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
