using Microsoft.Extensions.Hosting;

namespace TryOn.Engine.Jobs;

/// <summary>
/// Graceful shutdown: an interrupted submit has an unknown outcome and may cost a second upstream run, so running
/// submits may finish and no further one starts. Jobs not yet submitted are left to the host that resumes them.
/// </summary>
public sealed class SubmitDrain(TimeProvider clock) : IHostedService
{
    /// <summary>Half of the .NET host's total shutdown timeout.</summary>
    public static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How often running submits are counted. Also the initial wait, because a job admitted just before the stop is
    /// counted slightly later.
    /// </summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(200);

    private volatile bool _stopping;
    private int _running;

    /// <summary>True once no further submit may start.</summary>
    public bool Stopping => _stopping;

    /// <summary>Counts a running submit until the result is disposed.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _running);
        return new RunningSubmit(this);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        var start = clock.GetTimestamp();
        do
            await Task.Delay(CheckInterval, clock, CancellationToken.None);
        while (Volatile.Read(ref _running) > 0 && clock.GetElapsedTime(start) < DrainMax
            && !cancellationToken.IsCancellationRequested);
    }

    private sealed class RunningSubmit(SubmitDrain drain) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref drain._running);
    }
}
