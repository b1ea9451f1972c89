using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;
using TryOn.Behaviour;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Images;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using TryOn.Engine;
using TryOn.Engine.Egress;
using TryOn.Engine.Gates;
using TryOn.Engine.Pictures;
using TryOn.Grains;
using TryOn.Grains.Feed;
using TryOn.Grains.Storage;

namespace TryOn.Silo.Tests;

/// <summary>Three silos and their client in one process. The stored records survive a restart of the silos.</summary>
public sealed class ClusterUnderTest : HostUnderTest
{
    private const short SiloCount = 3;

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("tryon-").FullName;
    private InProcessTestCluster _cluster = null!;
    private StreamFeed _feed = null!;

    public SharedRecords Records { get; } = new();

    public InProcessTestCluster Cluster => _cluster;

    /// <summary>The faults of writes of records; null for none.</summary>
    public WriteFaults? Faults
    {
        get => Records.Faults;
        init => Records.Faults = value;
    }

    public override bool WritesFail => Faults is not null;

    /// <summary>An attempt whose answer could not be written is looked up after ten seconds or more.</summary>
    public override TimeSpan Patience => WritesFail ? TimeSpan.FromSeconds(90) : base.Patience;

    public override IDirectory Directory => WritesFail
        ? new RepeatingDirectory(new ClusterDirectory(_cluster.Client))
        : new ClusterDirectory(_cluster.Client);

    public override IJobFeed Feed => _feed;

    public override IPictureStore Pictures => new FolderPictures(_folder);

    /// <summary>Further configuration of every silo, applied last.</summary>
    public Action<ISiloBuilder> Changes { get; init; } = _ => { };

    public static Task<HostUnderTest> Start() => Start(new ClusterUnderTest());

    public static async Task<HostUnderTest> Start(ClusterUnderTest host)
    {
        await host.Deploy();
        return host;
    }

    /// <summary>How many grains of a class are in memory.</summary>
    public Task<int> Count(Type grain) => _cluster.Client.GetGrain<IManagementGrain>(0).CountActivations(grain);

    /// <summary>Kills all silos at once and starts three new ones on the same records.</summary>
    public override async Task Restart()
    {
        await End();
        await Deploy();
    }

    public override async ValueTask DisposeAsync()
    {
        await End();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// In production the silos share the grain directory, and a silo that stops loses its part of it. The directories
    /// of a test cluster outlive its silos, and Orleans has no public option for that.
    /// </summary>
    private static void UseProductionDirectory(InProcessTestClusterOptions options)
    {
        string[] others = ["UseTestClusterGrainDirectory", "UseDistributedGrainDirectory"];
        foreach (var other in others)
        {
            typeof(InProcessTestClusterOptions)
                .GetProperty(other, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!
                .SetValue(options, value: false);
        }
    }

    private async Task End()
    {
        await Task.WhenAll(_cluster.Silos.ToList().Select(_cluster.KillSiloAsync));
        await _cluster.DisposeAsync();
    }

    private async Task Deploy()
    {
        var builder = new InProcessTestClusterBuilder(SiloCount);
        UseProductionDirectory(builder.Options);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(ClusterStorage.Subscriptions);
            silo.UseInMemoryReminderService();
            silo.AddMemoryStreams(ClusterStorage.Feed);
            silo.Services.AddGrainStorage(ClusterStorage.Records, (_, _) => Records);
            Changes(silo);
        });
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton(TimeProvider.System);
            host.Services.AddGrains().AddStreamFeed();
            host.Services.AddEgress();
            host.Services.AddEngine(host.Configuration);
            host.Services.AddSingleton(Pictures);
            host.Services.AddSingleton<IImageCodec, SignatureCodec>();
            host.Services.AddSharedGates();
            host.Services.AddSingleton(services => new Upstreams(
                live: [Provider], test: [Provider], gates: services.GetRequiredService<Func<ITryOnProvider, IGate>>()));
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(ClusterStorage.Feed));
        builder.ConfigureClientHost(host => host.Services.AddGrains().AddStreamFeed());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        _feed = _cluster.Client.ServiceProvider.GetRequiredService<StreamFeed>();
        await _feed.RenewSubscriptions();
    }
}
