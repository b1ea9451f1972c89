using Microsoft.Extensions.Diagnostics.HealthChecks;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo;

/// <summary>Healthy while the database accepts writes: a gateway that cannot write must not receive requests.</summary>
internal sealed class DatabaseHealth(SqliteDatabase database) : IHealthCheck
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.Probe().WaitAsync(ProbeTimeout, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not take a write.", failure);
        }
    }
}
