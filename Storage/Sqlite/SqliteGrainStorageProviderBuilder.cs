using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;
using TryOn.Storage.Sqlite;

[assembly: RegisterProvider("Sqlite", "GrainStorage", "Silo", typeof(SqliteGrainStorageProviderBuilder))]

namespace TryOn.Storage.Sqlite;

/// <summary>Reads <c>Orleans:GrainStorage:{name}</c>.</summary>
internal sealed class SqliteGrainStorageProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        builder.AddSqliteGrainStorage(name!, options => options.UseSection(configurationSection));
        if (configurationSection["SerializerKey"] is { Length: > 0 } key)
            builder.Services.AddKeyedSingleton(
                name, (services, _) => services.GetRequiredKeyedService<IGrainStorageSerializer>(key));
    }
}
