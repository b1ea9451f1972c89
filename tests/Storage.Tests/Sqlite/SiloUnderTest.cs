using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using TryOn.Testing;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>A host with one silo, configured as an application does it.</summary>
internal static class SiloUnderTest
{
    public static IHost Build(Action<ISiloBuilder> configure, Dictionary<string, string?>? configuration = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.UseOrleans(silo =>
        {
            silo.Services.Configure<ReminderOptions>(
                options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(50));
            configure(silo);
        });
        return builder.Build();
    }

    public static ISiloBuilder UseLocalClustering(this ISiloBuilder silo) =>
        silo.UseLocalhostClustering(siloPort: FreePort.Find(), gatewayPort: FreePort.Find());
}
