using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TryOn.Storage.Sqlite;

internal static class SqliteOptionsBuilderExtensions
{
    /// <summary>Reads the optional <c>DataDirectory</c> of a provider's configuration section.</summary>
    public static void UseSection(this OptionsBuilder<SqliteOptions> options, IConfigurationSection section)
    {
        if (section[nameof(SqliteOptions.DataDirectory)] is not { Length: > 0 } directory)
            return;
        var key = $"{section.Path}:{nameof(SqliteOptions.DataDirectory)}";
        options.Services.AddSingleton(new ConfiguredDirectory(key, directory));
        options.Configure(sqlite => sqlite.DataDirectory = directory);
    }
}
