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

namespace TryOn.Grains;

public static class GrainsRegistration
{
    /// <summary>On silos: one gate before each live upstream, for all of them.</summary>
    public static IServiceCollection AddSharedGates(this IServiceCollection services) =>
        services.AddSingleton<Func<ITryOnProvider, IGate>>(provider => upstream => new NodeGate(
            () => provider.GetRequiredService<IGrainFactory>().GetGrain<IGateGrain>(upstream.Name),
            provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), upstream.ConcurrencyMax,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<NodeGate>>()));

    /// <summary>On a silo that is alone: what it left unfinished when it ended is resumed at once.</summary>
    public static IServiceCollection AddRecovery(this IServiceCollection services) =>
        services.AddSingleton<Recovery>()
            .AddHostedService(provider => provider.GetRequiredService<Recovery>())
            .AddSingleton<Func<ITryOnProvider, IGate>>(provider => upstream => new ProviderGate(
                upstream.ConcurrencyMax, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<Recovery>().Done));

    /// <summary>Accounts, jobs and deliveries as the engine and the front end see them. The same on silos and on their clients.</summary>
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        services.AddMessageCodec();
        services.AddSingleton<RecordSerializer>();
        services.AddSingleton<IGrainStorageSerializer, StorageSerializer>();
        services.AddSingleton<IOutgoingGrainCallFilter, UnknownOutcome>();
        services.AddSingleton<IDirectory, ClusterDirectory>();
        services.AddSingleton<IStatementArchive, GrainStatementArchive>();
        services.AddSingleton<LocalFeed>();
        return services;
    }

    /// <summary>Job news within this one process.</summary>
    public static IServiceCollection AddLocalFeed(this IServiceCollection services) =>
        services.AddSingleton<IJobFeed>(provider => provider.GetRequiredService<LocalFeed>());

    /// <summary>Job news over Orleans' streams.</summary>
    public static IServiceCollection AddStreamFeed(this IServiceCollection services) =>
        services.AddSingleton<StreamFeed>()
            .AddSingleton<IJobFeed>(provider => provider.GetRequiredService<StreamFeed>());
}
