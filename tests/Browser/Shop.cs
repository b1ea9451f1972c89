using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Browser.Tests;

/// <summary>
/// A shop's web server, of another origin than the gateway. The server has the API key, and its pages get tokens.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    private static readonly string Pages = Path.Combine(AppContext.BaseDirectory, "pages");

    private readonly WebApplication _app;
    private int _tokens;

    private Shop(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How many tokens the page has requested.</summary>
    public int Tokens => _tokens;

    public static async Task<Shop> Open(TestAccount account)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var shop = new Shop(app);
        app.MapGet("/", () => Results.File(Path.Combine(Pages, "shop.html"), "text/html"));
        app.MapGet("/watch.js", () => Results.File(Path.Combine(Pages, "watch.js"), "text/javascript"));
        app.MapGet("/token", async (string job) => Results.Text(await shop.Token(account, job)));
        await app.StartAsync();
        return shop;
    }

    public Uri PageOf(string by, string jobId, string url) =>
        new(Address, $"/?by={by}&job={jobId}&url={Uri.EscapeDataString(url)}");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<string> Token(TestAccount account, string job)
    {
        Interlocked.Increment(ref _tokens);
        return (await account.Post($"/api/v1/tryon/{job}/token", content: null)).Json.Text("token");
    }
}
