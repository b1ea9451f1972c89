using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TryOn.Api.Health;

/// <summary>Not ready once a stop has been asked for, so that a load balancer looks elsewhere while requests finish.</summary>
public sealed class StoppingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("Stopping.")
            : HealthCheckResult.Healthy());
}
