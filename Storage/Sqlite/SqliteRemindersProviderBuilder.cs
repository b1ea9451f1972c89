using Microsoft.Extensions.Configuration;
using Orleans;
using Orleans.Hosting;
using Orleans.Providers;
using TryOn.Storage.Sqlite;

[assembly: RegisterProvider("Sqlite", "Reminders", "Silo", typeof(SqliteRemindersProviderBuilder))]

namespace TryOn.Storage.Sqlite;

/// <summary>Reads <c>Orleans:Reminders</c>.</summary>
internal sealed class SqliteRemindersProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseSqliteReminderService(options => options.UseSection(configurationSection));
}
