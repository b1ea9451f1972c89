using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TryOn.Core.Images;
using TryOn.Core.Pictures;
using TryOn.Silo;

namespace TryOn.Testing;

/// <summary>The whole gateway on a loopback port, with a data directory that is deleted on disposal.</summary>
public sealed class GatewayRun : IAsyncDisposable
{
    public const string AdminToken = "an-admin-token-that-only-tests-know";

    private readonly WebApplication _app;
    private bool _stopped;

    private GatewayRun(WebApplication app, string root, LogCapture logs)
    {
        (_app, Root, Logs) = (app, root, logs);
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public HttpClient Client { get; }

    public Uri Address { get; }

    /// <summary>The data directory.</summary>
    public string Root { get; }

    public LogCapture Logs { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="folder">The data directory of a stopped gateway to restart from; null for a new one.</param>
    public static async Task<GatewayRun> Start(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null,
        string? folder = null)
    {
        var logs = new LogCapture();
        var root = folder ?? Directory.CreateTempSubdirectory("tryon-api-tests-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["TryOn:Sandbox:Speed"] = "1000000",
            ["TryOn:Admin:Token"] = AdminToken,
            ["TryOn:DataDirectory"] = root,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.AddNode();
        builder.Services.AddSingleton<IImageCodec>(SharedImageWorkers.Instance);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapNode();
        await app.StartAsync();
        return new GatewayRun(app, root, logs);
    }

    public async Task<Reply> Send(HttpMethod method, string path, string? bearer, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (bearer is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        return await Send(request);
    }

    public async Task<Reply> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return await Reply.Read(response);
    }

    public Task<Reply> Admin(HttpMethod method, string path, object? body = null) =>
        Send(method, $"/admin/v1/{path}", AdminToken, body is null ? null : Requests.Json(body));

    public async Task<TestAccount> Open(long credits = 10, string mode = "test", object? limits = null)
    {
        // Tests poll a job many times a second, and the limit on status requests must not slow them down.
        limits ??= new { status_requests_per_minute = 10_000 };
        var opened = await Admin(HttpMethod.Post, "accounts", new { name = "a test", credits, mode, limits });
        Assert.Equal(201, opened.Status);
        return new TestAccount(this, opened.Json.Text("id"), opened.Json.Text("key"));
    }

    /// <summary>Every stored picture, as <c>job/name</c>.</summary>
    public async Task<IReadOnlySet<string>> Pictures()
    {
        var names = new HashSet<string>();
        await foreach (var picture in Services.GetRequiredService<IPictureStore>().List(CancellationToken.None))
            names.Add(picture.Id.ToString());
        return names;
    }

    /// <summary>Stops the gateway and keeps its files, so that a test can read them.</summary>
    public async Task Stop()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Stop();
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
