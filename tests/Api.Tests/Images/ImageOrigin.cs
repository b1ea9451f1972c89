using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Api.Tests.Images;

/// <summary>A web server on loopback that counts its requests.</summary>
public sealed class ImageOrigin : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _visits;

    private ImageOrigin(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public int Visits => _visits;

    public static async Task<ImageOrigin> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var origin = new ImageOrigin(app);
        app.Use((context, next) =>
        {
            Interlocked.Increment(ref origin._visits);
            return next(context);
        });
        app.MapGet("/person.png", () => Results.Bytes(TestPictures.Person, "image/png"));
        app.MapGet("/garment.png", () => Results.Bytes(TestPictures.Garment, "application/octet-stream"));
        app.MapGet("/page", () => Results.Content("<html>No picture here.</html>", "text/html"));
        app.MapGet("/heavy", () => Results.Bytes(new byte[26 * 1024 * 1024], "image/png"));
        var seen = new ConcurrentDictionary<string, bool>();
        app.MapGet("/once/{name}", (string name) =>
            seen.TryAdd(name, true) ? Results.Bytes(TestPictures.Person, "image/png") : Results.StatusCode(403));
        app.MapGet("/to", (string url) => Results.Redirect(url));
        await app.StartAsync();
        return origin;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
