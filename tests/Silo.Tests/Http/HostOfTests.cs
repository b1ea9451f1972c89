using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TryOn.Silo;

namespace TryOn.Api.Tests;

/// <summary>
/// A silo, and before it the api node that the HTTP tests speak to: two nodes as their processes would be, over Orleans'
/// own wire.
/// </summary>
internal sealed class HostOfTests : IAsyncDisposable
{
    private readonly WebApplication _silo;

    private HostOfTests(WebApplication silo) => _silo = silo;

    public static async Task<HostOfTests> Start(WebApplicationBuilder builder, string folder)
    {
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["TryOn:Cluster:PictureFolder"] = Path.Combine(folder, "pictures"),
            ["TryOn:Cluster:Secret"] = Convert.ToBase64String(new byte[32]),
            ["Orleans:Clustering:ProviderType"] = "Development",
            ["Orleans:Clustering:Gateways:0"] = $"127.0.0.1:{gatewayPort}",
            ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans:Endpoints:SiloPort"] = $"{siloPort}",
            ["Orleans:Endpoints:GatewayPort"] = $"{gatewayPort}",
        });
        var silo = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        silo.Configuration.AddConfiguration(builder.Configuration);
        silo.Configuration["role"] = nameof(NodeRole.Silo);
        silo.Logging.ClearProviders();
        silo.AddNode();
        var app = silo.Build();
        app.MapNode();
        await app.StartAsync();
        builder.Configuration["role"] = nameof(NodeRole.Api);
        builder.AddNode();
        return new HostOfTests(app);
    }

    public void Map(WebApplication app) => app.MapNode();

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        await _silo.DisposeAsync();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
