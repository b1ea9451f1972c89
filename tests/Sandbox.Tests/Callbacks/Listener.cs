using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Sandbox.Tests.Callbacks;

/// <summary>A request that a listener received.</summary>
public sealed record Heard(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}

/// <summary>A server on loopback that receives callbacks.</summary>
public sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();

    private Listener(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single() + "/callbacks/it/hash";

    /// <summary>How many received requests have not been read yet.</summary>
    public int Unread => _heard.Reader.Count;

    public static async Task<Listener> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var listener = new Listener(app);
        app.MapPost("/{**path}", (Delegate)listener.Take);
        await app.StartAsync();
        return listener;
    }

    public async Task<Heard> Next() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(WaitMax);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        await _heard.Writer.WriteAsync(new Heard(context.Request.Path, headers, body.ToArray()));
        return Results.Ok();
    }
}
