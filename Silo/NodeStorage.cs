using Amazon.S3;
using Microsoft.Extensions.Options;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;
using TryOn.Silo.Pictures;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo;

/// <summary>Registers the storage of everything that is not a record: the secret and the pictures.</summary>
internal static class NodeStorage
{
    /// <summary>
    /// Registers the data directory of a single process, which the process locks, with its database and that database's
    /// health check.
    /// </summary>
    public static void AddDataDirectory(this WebApplicationBuilder builder)
    {
        builder.Services.AddSqliteDatabase(options => options.Bind(builder.Configuration.GetSection("TryOn")));
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("store");
    }

    public static void AddSecret(this IServiceCollection services) => services.AddSingleton(provider =>
        provider.GetRequiredService<IOptions<ClusterNodeOptions>>().Value.Secret is { Length: > 0 } secret
            ? new MasterSecret(Convert.FromBase64String(secret))
            : new MasterSecret(provider.GetRequiredService<DataDirectory>().Secret));

    public static void AddPictures(this IServiceCollection services) => services.AddSingleton<IPictureStore>(provider =>
    {
        var objects = provider.GetRequiredService<IOptions<S3Options>>().Value;
        if (objects.Configured)
            return new S3Pictures(new AmazonS3Client(S3Pictures.ConfigOf(objects)), objects);
        var folder = provider.GetRequiredService<IOptions<ClusterNodeOptions>>().Value.PictureFolder;
        if (string.IsNullOrWhiteSpace(folder) && provider.GetService<DataDirectory>() is { } own)
        {
            var small = new DatabasePictures(
                provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>());
            return new SizedPictures(small, new FolderPictures(own.Pictures));
        }

        folder = Path.GetFullPath(string.IsNullOrWhiteSpace(folder) ? Path.Combine("data", "pictures") : folder);
        Directory.CreateDirectory(folder);
        return new FolderPictures(folder);
    });
}
