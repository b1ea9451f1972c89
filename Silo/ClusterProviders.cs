using Orleans.Configuration;
using TryOn.Grains;
using TryOn.Grains.Jobs;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo;

/// <summary>
/// Clustering, storage, reminders and streams are chosen by configuration, through the names that Orleans' providers
/// register: <c>Orleans:Clustering:ProviderType</c> and its kin.
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
    /// A call is answered within a turn or two; one that is not has an unknown outcome, and the caller asks again. Shorter
    /// than Orleans' own 30 seconds, since a caller that hangs on a silo that stands still waits this long each time.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A silo that stands still keeps its connections: only this list tells a front end to leave it.</summary>
    private static readonly TimeSpan GatewayRenewal = TimeSpan.FromSeconds(5);

    /// <summary>Finished jobs leave memory after this; Orleans looks once a minute.</summary>
    private static readonly TimeSpan JobAge = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A silo that said anything within three times this is held to be alive. With Orleans' own 20 seconds one that stands
    /// still keeps its accounts for a minute before the others vote; with this, for about 20 seconds. By name, since not
    /// every 10.x has this option.
    /// </summary>
    private static readonly IConfiguration ProbeTimeout = new ConfigurationBuilder()
        .AddInMemoryCollection([new("MaxProbeTimeout", "00:00:05")]).Build();

    /// <summary>The one silo that there is: SQLite unless another storage is configured, and closed ports.</summary>
    public static void UseSingleSilo(this ISiloBuilder silo, IConfiguration configuration)
    {
        // One that nobody can reach needs no port of its own, but Orleans names silos by their endpoints.
        silo.UseLocalhostClustering(gatewayPort: 0);
        silo.ClosePorts();
        if (!configuration.GetSection(Records).Exists())
            silo.AddSqliteGrainStorage(ClusterStorage.Records);
        if (!configuration.GetSection(Reminders).Exists())
            silo.UseSqliteReminderService();
        silo.ConfigureTimes(configuration);
    }

    /// <summary>
    /// One of several silos. What is not configured is kept in this process's memory, which is right for a silo that
    /// somebody tries out and for nothing else.
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
    /// Every node may be given the same configuration: a client would refuse the sections that only a silo can fulfil.
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
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRenewal);
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
    }

    private static void ConfigureTimes(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Configure<ClusterMembershipOptions>(ProbeTimeout);
        silo.Configure<ClusterMembershipOptions>(configuration.GetSection(Membership));
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(collection =>
            collection.ClassSpecificCollectionAge[typeof(JobGrain).FullName!] = JobAge);
    }
}
