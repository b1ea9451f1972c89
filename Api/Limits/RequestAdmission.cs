using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TryOn.Api.Limits;

/// <summary>
/// Limits how many requests hold their pictures in memory at once. Further requests wait in order of arrival with their
/// bodies unread; once that queue is full, requests are rejected, so that an overloaded front end says so instead of
/// running out of memory. Reading a job, a balance or a result needs no permit.
/// </summary>
public sealed class RequestAdmission(IOptions<LimitOptions> limits) : IDisposable
{
    /// <summary>
    /// Queued requests allowed per permit. A permit is held for milliseconds, or while the request's pictures are
    /// downloaded.
    /// </summary>
    private const int QueuedPerPermit = 16;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.Value.IntakesMax,
        QueueLimit = limits.Value.IntakesMax * QueuedPerPermit,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Returns a permit, to be disposed once the pictures are stored; null when the queue is full.</summary>
    public async ValueTask<IDisposable?> Acquire(CancellationToken cancellation)
    {
        var lease = await _limiter.AcquireAsync(permitCount: 1, cancellation);
        return lease.IsAcquired ? lease : null;
    }

    public void Dispose() => _limiter.Dispose();
}
