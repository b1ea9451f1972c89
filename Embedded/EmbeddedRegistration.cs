using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Embedded.Storage;
using TryOn.Engine;
using TryOn.Engine.Accounts;
using TryOn.Engine.Jobs;
using TryOn.Engine.Pictures;

namespace TryOn.Embedded;

public static class EmbeddedRegistration
{
    /// <summary>Accounts, jobs, pictures and their upkeep in this one process.</summary>
    public static IServiceCollection AddEmbedded(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<EmbeddedOptions, EmbeddedOptionsValidator>()
            .Bind(configuration.GetSection("TryOn"));
        services.AddSingleton(provider => new DataDirectory(
            provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value.DataDirectory));
        services.AddSingleton(provider => provider.GetRequiredService<DataDirectory>().Secret);
        services.AddSingleton(provider => new SqliteStore(provider.GetRequiredService<DataDirectory>().Database));
        services.AddSingleton<IStatementArchive>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IPictureStore>(provider => new FolderPictures(
            provider.GetRequiredService<DataDirectory>().Pictures));
        services.AddSingleton<IJobFeed, LocalFeed>();
        services.AddSingleton<EmbeddedDirectory>();
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<EmbeddedDirectory>());
        services.AddHostedService<Upkeep>();
        services.AddEngine(configuration);
        services.AddHealthChecks().AddCheck<StoreHealth>("store");
        return services;
    }
}
