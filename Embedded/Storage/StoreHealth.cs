using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TryOn.Embedded.Storage;

/// <summary>Ready while the database answers: a gateway that cannot write must not be sent requests.</summary>
public sealed class StoreHealth(SqliteStore store) : IHealthCheck
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.Probe().WaitAsync(AnswerMax, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The database does not take a write.", failure);
        }
    }
}
