using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Testing;

/// <summary>A webhook as its receiver got it.</summary>
public sealed record Received(string Id, string Timestamp, string Signature, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A web server on the loopback interface that takes webhooks, or refuses to.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public string Address => new Uri(new Uri(_app.Urls.Single()), "/hook").ToString();

    public int Status { get; set; } = 200;

    public ConcurrentQueue<Received> Deliveries { get; } = new();

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app);
        app.MapPost("/hook", (Delegate)receiver.Take);
        await app.StartAsync();
        return receiver;
    }

    public async Task<Received> Next(int number = 0)
    {
        await TestAccount.Until(
            () => Task.FromResult(Deliveries.Count > number), () => $"only {Deliveries.Count} webhooks came");
        return Deliveries.ElementAt(number);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        Deliveries.Enqueue(new Received(
            headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, body.ToArray()));
        return Results.StatusCode(Status);
    }
}
