using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Engine.Tests.Egress;

// A web server on loopback. The path of a request selects its behaviour.
public sealed class Origin : IAsyncLifetime
{
    public static readonly byte[] Picture = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];

    private readonly WebApplication _app = Build();
    private int _issuerDownloads;

    public Uri Address { get; private set; } = null!;

    public int IssuerDownloads => _issuerDownloads;

    public TaskCompletionSource SlowStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task InitializeAsync()
    {
        _app.MapGet("/picture", () => Results.Bytes(Picture, "image/png; charset=binary"));
        _app.MapGet("/to", (string url, HttpResponse response) => Redirect(response, url));
        _app.MapGet("/chain/{left:int}", (int left, HttpResponse response) =>
            Redirect(response, left == 1 ? "/picture" : $"{left - 1}"));
        _app.MapGet("/status/{status:int}", (int status) => Results.StatusCode(status));
        _app.MapGet("/cookie", (HttpResponse response) =>
        {
            response.Cookies.Append("session", "1");
            Redirect(response, "/headers");
        });
        _app.MapGet("/headers", (HttpRequest request) => string.Join(' ', request.Headers.Keys.Order()));
        _app.MapGet("/endless", Endless);
        _app.MapGet("/slow", Slow);
        _app.MapGet("/truncated", Truncated);
        _app.MapGet("/promise", (HttpResponse response) =>
        {
            response.ContentLength = 1L << 40;
            return response.Body.FlushAsync();
        });
        _app.MapGet("/coded", (string coding, string? says) => new Coded(Picture, coding, says ?? coding));
        _app.MapGet("/bomb", (string coding) => new Coded(new byte[64 << 20], coding, coding));
        _app.MapGet("/issuer", () => Interlocked.Increment(ref _issuerDownloads));
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public Uri At(string path) => new(Address, path);

    /// <summary>A body that was compressed although nobody asked for it.</summary>
    /// <param name="says">What the header claims.</param>
    private sealed class Coded(byte[] content, string coding, string says) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ContentEncoding = says;
            var body = coding.Split(',').Aggregate(content, Encode);
            await httpContext.Response.Body.WriteAsync(body);
        }

        private static byte[] Encode(byte[] content, string coding)
        {
            if (coding == "plain") return content;

            using var body = new MemoryStream();
            using (Stream encoder = coding switch
            {
                "gzip" => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true),
                "deflate" => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true),
                "bare" => new DeflateStream(body, CompressionLevel.Fastest, leaveOpen: true),
                "br" => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true),
                _ => throw new ArgumentOutOfRangeException(nameof(coding)),
            })
            {
                encoder.Write(content);
            }

            return body.ToArray();
        }
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        return app;
    }

    private static void Redirect(HttpResponse response, string location)
    {
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = location;
    }

    // Sends a hundred times as much as any test here accepts.
    private static async Task Endless(HttpContext context)
    {
        for (var sent = 0; sent < 100 << 20; sent += Picture.Length) await context.Response.Body.WriteAsync(Picture);
    }

    private async Task Slow(HttpContext context)
    {
        await context.Response.Body.WriteAsync(Picture.AsMemory(0, 10));
        await context.Response.Body.FlushAsync();
        SlowStarted.TrySetResult();
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    private static async Task Truncated(HttpContext context)
    {
        context.Response.ContentLength = 100;
        await context.Response.Body.WriteAsync(Picture.AsMemory(0, 10));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
