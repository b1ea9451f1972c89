using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace TryOn.Storage.Sqlite;

/// <summary>
/// Refuses to start a silo of a cluster of several processes. SQLite holds the records of one process, and grains on
/// other silos would not see them.
/// </summary>
internal sealed class SqliteClusteringValidator(IServiceProvider services) : IConfigurationValidator
{
    /// <summary>
    /// The table of Orleans' development clustering, which the primary silo holds in memory. The type is internal.
    /// </summary>
    private const string DevelopmentTable = "Orleans.Runtime.MembershipService.SystemTargetBasedMembershipTable";

    public void ValidateConfiguration()
    {
        if (FindOtherClustering() is { } other)
            throw new OrleansConfigurationException(
                $"SQLite keeps the records of one process, and clustering is {other}: other processes would not see "
                + "them. Use local clustering (UseLocalhostClustering), or keep records and reminders in a database "
                + "that all silos share.");
    }

    /// <returns>Null if this silo is its own cluster's primary, with the membership table in its memory.</returns>
    private string? FindOtherClustering()
    {
        var table = services.GetService<IMembershipTable>()?.GetType();
        if (table is null)
            return "not configured";
        if (table.FullName != DevelopmentTable)
            return table.Name;
        var options = services.GetRequiredService<IOptions<DevelopmentClusterMembershipOptions>>().Value;
        var primary = options.PrimarySiloEndpoint;
        var own = services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;
        return own.Equals(primary) ? null : $"joined at the primary silo {primary}, which is not this one ({own})";
    }
}
