using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Engine.Accounts;
using TryOn.Engine.Jobs;
using TryOn.Grains.Accounts;
using TryOn.Grains.Feed;

namespace TryOn.Grains;

public static class GrainsRegistration
{
    /// <summary>The cluster as the engine and the front end see it. The same on silos and on their clients.</summary>
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        services.AddMessageCodec();
        services.AddSingleton<RecordSerializer>();
        services.AddSingleton<IGrainStorageSerializer, StorageSerializer>();
        services.AddSingleton<IOutgoingGrainCallFilter, UnknownOutcome>();
        services.AddSingleton<IDirectory, ClusterDirectory>();
        services.AddSingleton<IStatementArchive, GrainStatementArchive>();
        services.AddSingleton<LocalFeed>();
        services.AddSingleton<StreamFeed>();
        services.AddSingleton<IJobFeed>(provider => provider.GetRequiredService<StreamFeed>());
        return services;
    }
}
