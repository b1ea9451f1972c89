using Orleans.Configuration;
using TryOn.Grains.Jobs;
using TryOn.Grains.Storage;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo;

/// <summary>
/// Clustering, storage, reminders and streams are chosen by configuration, through the names that Orleans' providers
/// register: <c>Orleans:Clustering:ProviderType</c> and similar keys.
/// </summary>
internal static class ClusterProviders
{
    public const string Records = $"Orleans:GrainStorage:{ClusterStorage.Records}";

    public const string Clustering = "Orleans:Clustering";

    private const string Subscriptions = $"Orleans:GrainStorage:{ClusterStorage.Subscriptions}";
    private const string Feed = $"Orleans:Streaming:{ClusterStorage.Feed}";
    private const string Reminders = "Orleans:Reminders";
    private const string Membership = "Orleans:Membership";

    /// <summary>
    /// A call is normally answered at once. One that is not has an unknown outcome, and the caller repeats it. Shorter
    /// than Orleans' default of 30 seconds, since a caller waits this long for every call to a suspended silo.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a front end refreshes its list of silos. A suspended silo keeps its connections open, so only this
    /// list makes a front end leave it.
    /// </summary>
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    /// <summary>Idle time after which a job leaves memory; Orleans checks once a minute.</summary>
    private static readonly TimeSpan JobIdleMax = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A silo counts as alive if it answered within three times this timeout. With Orleans' default of 20 seconds, a
    /// suspended silo keeps its accounts for a minute before the others vote it out; with this value, about 20 seconds.
    /// Set by name, since not every 10.x version has this option.
    /// </summary>
    private static readonly IConfiguration ProbeTimeout = new ConfigurationBuilder()
        .AddInMemoryCollection([new("MaxProbeTimeout", "00:00:05")]).Build();

    /// <summary>Configures a single silo: SQLite unless another storage is configured, and no open ports.</summary>
    public static void UseSingleSilo(this ISiloBuilder silo, IConfiguration configuration)
    {
        // An unreachable silo needs no port, but Orleans names silos by their endpoints.
        silo.UseLocalhostClustering(gatewayPort: 0);
        silo.ClosePorts();
        if (!configuration.GetSection(Records).Exists())
            silo.AddSqliteGrainStorage(ClusterStorage.Records);
        if (!configuration.GetSection(Reminders).Exists())
            silo.UseSqliteReminderService();
        silo.ConfigureTimes(configuration);
    }

    /// <summary>
    /// Configures one of several silos. Anything that is not configured is kept in this process's memory, which is only
    /// suitable for trying a silo out.
    /// </summary>
    public static void UseClusterSilo(this ISiloBuilder silo, IConfiguration configuration)
    {
        if (!configuration.GetSection(Clustering).Exists())
            silo.UseLocalhostClustering();
        if (!configuration.GetSection(Records).Exists())
            silo.AddMemoryGrainStorage(ClusterStorage.Records);
        if (!configuration.GetSection(Subscriptions).Exists())
            silo.AddMemoryGrainStorage(ClusterStorage.Subscriptions);
        if (!configuration.GetSection(Reminders).Exists())
            silo.UseInMemoryReminderService();
        if (!configuration.GetSection(Feed).Exists())
            silo.AddMemoryStreams(ClusterStorage.Feed);
        silo.ConfigureTimes(configuration);
    }

    /// <summary>
    /// Removes the sections that only a silo supports, which a client would reject. So every node may be given the same
    /// configuration.
    /// </summary>
    public static IConfiguration ForClients(IConfiguration configuration)
    {
        string[] siloOnly = ["Orleans:GrainStorage", Reminders, "Orleans:GrainDirectory", Membership];
        var rest = configuration.AsEnumerable().Where(pair => !siloOnly.Any(
            section => pair.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase)));
        return new ConfigurationBuilder().AddInMemoryCollection(rest).Build();
    }

    public static void UseGateway(this IClientBuilder client, IConfiguration configuration)
    {
        if (!configuration.GetSection(Clustering).Exists())
            client.UseLocalhostClustering();
        if (!configuration.GetSection(Feed).Exists())
            client.AddMemoryStreams(ClusterStorage.Feed);
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
    }

    private static void ConfigureTimes(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Configure<ClusterMembershipOptions>(ProbeTimeout);
        silo.Configure<ClusterMembershipOptions>(configuration.GetSection(Membership));
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(collection =>
            collection.ClassSpecificCollectionAge[typeof(JobGrain).FullName!] = JobIdleMax);
    }
}
