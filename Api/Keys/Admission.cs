using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TryOn.Api.Keys;

/// <summary>
/// How many requests may have their pictures in memory at once. Those beyond wait with their bodies unread, first come
/// first served, and a crowd beyond that is turned away: a front end that is overrun says so instead of running out of
/// memory. Reading a job, a balance or a result needs no room here, so it goes on.
/// </summary>
public sealed class Admission(IOptions<LimitOptions> limits) : IDisposable
{
    /// <summary>Requests that may wait for each one that is in. A request is in for milliseconds, or while its pictures are fetched.</summary>
    private const int WaitingPerPlace = 16;

    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = limits.Value.IntakesMax,
        QueueLimit = limits.Value.IntakesMax * WaitingPerPlace,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>A place, to be disposed once the pictures are stored; null when even the queue is full.</summary>
    public async ValueTask<IDisposable?> Enter(CancellationToken cancellation)
    {
        var lease = await _places.AcquireAsync(permitCount: 1, cancellation);
        return lease.IsAcquired ? lease : null;
    }

    public void Dispose() => _places.Dispose();
}
