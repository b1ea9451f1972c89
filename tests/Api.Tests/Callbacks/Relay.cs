using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Api.Tests.Callbacks;

/// <summary>A callback as it passed through the relay.</summary>
internal sealed record Carried(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The gateway's answer; null for a callback that was not forwarded.</summary>
    public Reply? Answer { get; init; }

    /// <param name="value">The new value; null to remove the header.</param>
    public Carried With(string header, string? value)
    {
        var headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove(header);
        if (value is not null)
            headers[header] = value;
        return this with { Headers = headers };
    }
}

/// <summary>
/// A relay at the public address of the gateway, which can start before the gateway's own address is known. It records
/// what upstreams post, and forwards it.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Relay(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public GatewayRun? Gateway { get; set; }

    /// <summary>While true, callbacks are recorded and not forwarded.</summary>
    public bool Holds { get; set; }

    private ConcurrentQueue<Carried> Carried { get; } = new();

    public static async Task<Relay> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var relay = new Relay(app);
        app.MapPost("/{**path}", (Delegate)relay.Take);
        await app.StartAsync();
        return relay;
    }

    /// <summary>Waits until so many callbacks of a job have come, and returns them.</summary>
    public async Task<IReadOnlyList<Carried>> CallbacksOf(string jobId, int count)
    {
        List<Carried> came = [];
        await TestAccount.Until(
            () => Task.FromResult(
                (came = [.. Carried.Where(
                    carried => carried.Path.Contains(jobId, StringComparison.Ordinal))]).Count >= count),
            () => $"only {came.Count} callbacks of {jobId} came");
        return came;
    }

    /// <summary>Posts a recorded callback again, as it was or changed.</summary>
    public Task<Reply> Post(Carried callback)
    {
        var content = new ByteArrayContent(callback.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, callback.Path) { Content = content };
        foreach (var (name, value) in callback.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Gateway!.Send(request);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.Where(
            header => header.Key.Contains("webhook-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var came = new Carried(context.Request.Path, headers, body.ToArray());
        var answer = Holds ? null : await Post(came);
        Carried.Enqueue(came with { Answer = answer });
        return Results.StatusCode(answer?.Status ?? 200);
    }
}
