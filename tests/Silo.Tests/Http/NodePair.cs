using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace TryOn.Silo.Tests.Http;

/// <summary>
/// A silo and an API node that serves HTTP, configured as two processes would be and connected by Orleans' own
/// protocol. The API node has no provider and none of the silo's keys.
/// </summary>
public sealed class NodePair : IAsyncLifetime, IDisposable
{
    private const string AdminToken = "an-admin-token-that-only-tests-know";

    private readonly LogCapture _logs = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-").FullName;
    private WebApplication _silo = null!;
    private WebApplication _api = null!;

    /// <summary>The logs of both nodes.</summary>
    public string Logs => _logs.Text;

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var (siloPort, gatewayPort) = (FreePort.Find(), FreePort.Find());
        var shared = new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["TryOn:Admin:Token"] = AdminToken,
            ["TryOn:Cluster:PictureFolder"] = Path.Combine(_folder, "pictures"),
            ["TryOn:Cluster:Secret"] = Convert.ToBase64String(new byte[32]),
            ["Orleans:Clustering:ProviderType"] = "Development",
            ["Orleans:Clustering:Gateways:0"] = $"127.0.0.1:{gatewayPort}",
        };
        _silo = await Start(nameof(NodeRole.Silo), new Dictionary<string, string?>(shared)
        {
            ["TryOn:Sandbox:Speed"] = "1000000",
            ["TryOn:Providers:Kling:ApiKey"] = "the-silo's-alone",
            ["Orleans:GrainStorage:records:ProviderType"] = "Memory",
            ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans:Endpoints:SiloPort"] = $"{siloPort}",
            ["Orleans:Endpoints:GatewayPort"] = $"{gatewayPort}",
        });
        _api = await Start(nameof(NodeRole.Api), shared);
        Client = new HttpClient { BaseAddress = new Uri(_api.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        foreach (var node in (WebApplication[])[_api, _silo])
        {
            await node.StopAsync();
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _logs.Dispose();

    public async Task<Reply> Send(HttpMethod method, string path, string? key, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await Client.SendAsync(request);
        return await Reply.Read(response);
    }

    public Task<Reply> Admin(HttpMethod method, string path, object? body = null) =>
        Send(method, $"/admin/v1/{path}", AdminToken, body is null ? null : Requests.Json(body));

    /// <summary>Opens an account with 5 credits, and returns its id and its key.</summary>
    public async Task<(string Id, string Key)> Open(string mode = "test")
    {
        var limits = new { status_requests_per_minute = 10_000 };
        var opened = await Admin(HttpMethod.Post, "accounts", new { name = "a test", credits = 5, mode, limits });
        Assert.True(opened.Status == 201, Logs);
        return (opened.Json.Text("id"), opened.Json.Text("key"));
    }

    private async Task<WebApplication> Start(string role, Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["role"] = role;
        builder.Logging.ClearProviders().AddProvider(_logs);
        builder.AddNode();
        var node = builder.Build();
        node.MapNode();
        await node.StartAsync();
        return node;
    }
}
