using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Accounts;
using TryOn.Engine.Gates;
using TryOn.Engine.Jobs;
using TryOn.Grains.Accounts;
using TryOn.Grains.Feed;
using TryOn.Grains.Gates;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Recovery;
using TryOn.Grains.Storage;

namespace TryOn.Grains;

public static class GrainsRegistration
{
    /// <summary>For silos of a cluster: one gate per live upstream, shared by all silos.</summary>
    public static IServiceCollection AddSharedGates(this IServiceCollection services) =>
        services.AddSingleton<Func<ITryOnProvider, IGate>>(provider => upstream => new NodeGate(
            () => provider.GetRequiredService<IGrainFactory>().GetGrain<IGateGrain>(upstream.Name),
            provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), upstream.ConcurrencyMax,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<NodeGate>>()));

    /// <summary>For a single silo: work that the last process left unfinished is resumed at once.</summary>
    public static IServiceCollection AddRecovery(this IServiceCollection services) =>
        services.AddSingleton<RecoveryService>()
            .AddHostedService(provider => provider.GetRequiredService<RecoveryService>())
            .AddSingleton<Func<ITryOnProvider, IGate>>(provider => upstream => new ProviderGate(
                upstream.ConcurrencyMax, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<RecoveryService>().Done));

    /// <summary>
    /// Registers accounts, jobs and deliveries for the engine and the front end. The same on silos and on their
    /// clients.
    /// </summary>
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        services.AddMessageCodec();
        services.AddSingleton<RecordSerializer>();
        services.AddSingleton<IGrainStorageSerializer, StorageSerializer>();
        services.AddSingleton<IOutgoingGrainCallFilter, InfrastructureFailureFilter>();
        services.AddSingleton<IDirectory, ClusterDirectory>();
        services.AddSingleton<IStatementArchive, GrainStatementArchive>();
        services.AddSingleton<LocalFeed>();
        return services;
    }

    /// <summary>Job updates within this process.</summary>
    public static IServiceCollection AddLocalFeed(this IServiceCollection services) =>
        services.AddSingleton<IJobFeed>(provider => provider.GetRequiredService<LocalFeed>());

    /// <summary>Job updates over Orleans' streams.</summary>
    public static IServiceCollection AddStreamFeed(this IServiceCollection services) =>
        services.AddSingleton<StreamFeed>()
            .AddSingleton<IJobFeed>(provider => provider.GetRequiredService<StreamFeed>());
}
