using Microsoft.Extensions.Diagnostics.HealthChecks;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo;

/// <summary>Ready while the database takes writes: a gateway that cannot write must not be sent requests.</summary>
internal sealed class DatabaseHealth(SqliteDatabase database) : IHealthCheck
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.Probe().WaitAsync(AnswerMax, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not take a write.", failure);
        }
    }
}
