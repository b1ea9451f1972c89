using TryOn.Core.Gates;
using TryOn.Core.Providers;

namespace TryOn.Engine.Gates;

/// <summary>
/// The gate before one upstream account, for all jobs of this process: who waits is told here, who may go is decided by
/// <see cref="GateMachine"/>. A place is held by job id from before the submit until the job leaves, so that holding and
/// leaving twice are harmless.
/// </summary>
public sealed partial class ProviderGate : IGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource<bool>> _waiting = [];
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private GateState _state;

    /// <param name="recovery">Nobody is let in before it has ended. Null where no job can hold a place from before.</param>
    public ProviderGate(int placesMax, TimeProvider? clock = null, Task? recovery = null)
    {
        _clock = clock ?? TimeProvider.System;
        _state = new GateState(recovery is null ? placesMax : 0);
        _timer = _clock.CreateTimer(_ => Do(new GateCommand.Tick()), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = recovery?.ContinueWith(_ => Open(placesMax), TaskScheduler.Default);
    }

    public int Held
    {
        get
        {
            lock (_lock)
                return _state.Holders.Count;
        }
    }

    public Task<bool> Enter(string jobId)
    {
        lock (_lock)
        {
            if (_state.Holders.Contains(jobId))
                return Task.FromResult(true);
            if (_waiting.TryGetValue(jobId, out var known))
                return known.Task;
            var admitted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(jobId, admitted);
            Do(new GateCommand.Enter(jobId));
            return admitted.Task;
        }
    }

    public void Hold(string jobId)
    {
        lock (_lock)
        {
            Do(new GateCommand.Hold(jobId));
            Tell(jobId, admitted: true);
        }
    }

    public void Leave(string jobId)
    {
        lock (_lock)
        {
            Tell(jobId, admitted: false);
            Do(new GateCommand.Leave(jobId));
        }
    }

    public void Report(string jobId, ProviderReply reply) => Do(Told(jobId, reply));

    public void Dispose() => _timer.Dispose();

    /// <summary>What a reply to a submit says of its upstream.</summary>
    public static GateCommand.Report Told(string jobId, ProviderReply reply) => reply is ProviderReply.Faulted { Fault: var fault }
        ? new GateCommand.Report(jobId, fault.Kind, fault.RetryAfter)
        : new GateCommand.Report(jobId, FaultKind.None, RetryAfter: null);

    private void Open(int placesMax)
    {
        lock (_lock)
        {
            _state = _state with { PlacesMax = placesMax };
            Do(new GateCommand.Tick());
        }
    }

    private void Do(GateCommand command)
    {
        lock (_lock)
        {
            var now = GateTime.Now(_clock);
            var step = GateMachine.Decide(_state, command, now);
            _state = step.State;
            foreach (var jobId in step.Admitted)
                Tell(jobId, admitted: true);
            var wait = GateMachine.Due(_state) - now;
            _timer.Change(wait is { } left ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tell(string jobId, bool admitted)
    {
        if (_waiting.Remove(jobId, out var waiting))
            waiting.SetResult(admitted);
    }
}
