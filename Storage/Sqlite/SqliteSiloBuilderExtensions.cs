using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace TryOn.Storage.Sqlite;

/// <summary>Configures SQLite for a silo's grain storage and reminders. Both use the same database.</summary>
public static class SqliteSiloBuilderExtensions
{
    /// <summary>
    /// Adds a grain storage. It uses the <see cref="IGrainStorageSerializer"/> registered under its name, or else the
    /// silo's.
    /// </summary>
    public static ISiloBuilder AddSqliteGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<SqliteOptions>>? configure = null)
    {
        builder.Services.AddSqliteDatabase(configure);
        builder.Services.AddGrainStorage(name, CreateGrainStorage);
        return builder;
    }

    /// <summary>Adds Orleans' reminders, kept in SQLite.</summary>
    public static ISiloBuilder UseSqliteReminderService(
        this ISiloBuilder builder, Action<OptionsBuilder<SqliteOptions>>? configure = null)
    {
        builder.Services.AddSqliteDatabase(configure);
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable, SqliteReminderTable>();
        return builder;
    }

    /// <summary>
    /// Adds the data directory and its database, which grain storage and reminders share. Call it directly to keep
    /// further data in the directory.
    /// </summary>
    public static IServiceCollection AddSqliteDatabase(
        this IServiceCollection services, Action<OptionsBuilder<SqliteOptions>>? configure = null)
    {
        var options = services.AddOptionsWithValidateOnStart<SqliteOptions>();
        configure?.Invoke(options);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SqliteOptions>, SqliteOptionsValidator>());
        services.TryAddSingleton<SqliteClusteringValidator>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IConfigurationValidator, SqliteClusteringValidator>());
        services.TryAddSingleton(CreateDataDirectory);
        services.TryAddSingleton(CreateDatabase);
        return services;
    }

    /// <summary>
    /// Validates first, because Orleans creates a silo's services before it validates them, and a refused silo must not
    /// leave a folder behind.
    /// </summary>
    private static DataDirectory CreateDataDirectory(IServiceProvider services)
    {
        services.GetRequiredService<SqliteClusteringValidator>().ValidateConfiguration();
        return new DataDirectory(services.GetRequiredService<IOptions<SqliteOptions>>().Value.DataDirectory);
    }

    private static SqliteDatabase CreateDatabase(IServiceProvider services) => new(
        services.GetRequiredService<DataDirectory>().Database,
        services.GetRequiredService<IOptions<SqliteOptions>>().Value.LogEmptyInterval,
        services.GetRequiredService<ILogger<SqliteDatabase>>());

    private static SqliteGrainStorage CreateGrainStorage(IServiceProvider services, string name) => new(
        services.GetRequiredService<SqliteDatabase>(),
        services.GetKeyedService<IGrainStorageSerializer>(name)
            ?? services.GetRequiredService<IGrainStorageSerializer>(),
        services.GetRequiredService<IActivatorProvider>());
}
