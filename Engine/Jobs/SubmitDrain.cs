using Microsoft.Extensions.Hosting;

namespace TryOn.Engine.Jobs;

/// <summary>
/// A polite stop. A submit that is cut off leaves its outcome unknown and may cost a second upstream run, so those under
/// way may end and no other begins. Jobs that have not been submitted stay as they are for whoever takes them up.
/// </summary>
public sealed class SubmitDrain(TimeProvider clock) : IHostedService
{
    /// <summary>Half of what the .NET host gives all its parts together to stop.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(15);

    /// <summary>How often it looks. A job that was let in just before the stop is counted a moment after.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private volatile bool _stopping;
    private int _underWay;

    /// <summary>True once no further submit may begin.</summary>
    public bool Stopping => _stopping;

    /// <summary>Counts a submit until it is disposed.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _underWay);
        return new Submit(this);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        var start = clock.GetTimestamp();
        do
            await Task.Delay(Quiet, clock, CancellationToken.None);
        while (Volatile.Read(ref _underWay) > 0 && clock.GetElapsedTime(start) < Max && !cancellationToken.IsCancellationRequested);
    }

    private sealed class Submit(SubmitDrain drain) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref drain._underWay);
    }
}
