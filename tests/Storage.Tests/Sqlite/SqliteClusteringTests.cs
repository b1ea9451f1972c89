using System.Net;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using TryOn.Storage.Sqlite;
using TryOn.Testing;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>SQLite storage starts only where the silo is the whole cluster.</summary>
public sealed class SqliteClusteringTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("tryon-").FullName;

    private string Root => Path.Combine(_parent, "data");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public async Task Silo_DevelopmentClusteringByConfiguration_Starts()
    {
        using var host = SiloUnderTest.Build(
            silo => AddSqlite(silo),
            new()
            {
                ["Orleans:ClusterId"] = "test",
                ["Orleans:ServiceId"] = "test",
                ["Orleans:Clustering:ProviderType"] = "Development",
                ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
                ["Orleans:Endpoints:SiloPort"] = $"{FreePort.Find()}",
                ["Orleans:Endpoints:GatewayPort"] = $"{FreePort.Find()}",
            });

        await host.StartAsync();

        Assert.True(File.Exists(Path.Combine(Root, "tryon.db")));
        await host.StopAsync();
    }

    [Fact]
    public void Silo_PrimaryElsewhere_IsRefused() => AssertRefused(
        silo => silo.UseLocalhostClustering(
            siloPort: FreePort.Find(),
            gatewayPort: FreePort.Find(),
            primarySiloEndpoint: new IPEndPoint(IPAddress.Loopback, 4321)),
        "127.0.0.1:4321");

    [Fact]
    public void Silo_AdoNetClustering_IsRefused() => AssertRefused(
        silo => silo.UseAdoNetClustering(database =>
        {
            database.Invariant = "Npgsql";
            database.ConnectionString = "Host=nowhere";
        }),
        "AdoNetClusteringTable");

    [Fact]
    public void Silo_AdoNetClusteringAfterLocal_IsRefused() => AssertRefused(
        silo => silo.UseLocalClustering().UseAdoNetClustering(database =>
        {
            database.Invariant = "Npgsql";
            database.ConnectionString = "Host=nowhere";
        }),
        "AdoNetClusteringTable");

    [Fact]
    public async Task Silo_OfATestCluster_IsRefused()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) => AddSqlite(silo));
        await using var cluster = builder.Build();

        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(cluster.DeployAsync);

        Assert.Contains("SQLite keeps the records of one process", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Root));
    }

    private void AssertRefused(Func<ISiloBuilder, ISiloBuilder> useClustering, string clustering)
    {
        using var host = SiloUnderTest.Build(silo =>
        {
            useClustering(silo).Configure<ClusterOptions>(
                options => (options.ClusterId, options.ServiceId) = ("a", "b"));
            AddSqlite(silo);
        });

        var refused = Assert.Throws<OrleansConfigurationException>(() => host.Start());

        Assert.Contains("SQLite keeps the records of one process", refused.Message, StringComparison.Ordinal);
        Assert.Contains(clustering, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.False(Directory.Exists(Root));
    }

    private void AddSqlite(ISiloBuilder silo) => silo
        .AddSqliteGrainStorage("Default", options => options.Configure(sqlite => sqlite.DataDirectory = Root))
        .UseSqliteReminderService();
}
