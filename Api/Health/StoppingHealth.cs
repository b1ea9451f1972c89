using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TryOn.Api.Health;

/// <summary>
/// Reports unhealthy once shutdown has begun, so that a load balancer sends new requests elsewhere while running ones
/// finish.
/// </summary>
public sealed class StoppingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("Stopping.")
            : HealthCheckResult.Healthy());
}
