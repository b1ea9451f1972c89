using TryOn.Core.Gates;
using TryOn.Core.Providers;

namespace TryOn.Engine.Gates;

/// <summary>
/// The gate in front of one upstream account for all jobs of this process. It completes the waiting calls;
/// <see cref="GateMachine"/> decides which jobs are admitted. A job holds a permit under its id from before the submit
/// until it leaves, so calling <see cref="Hold"/> or <see cref="Leave"/> twice is harmless.
/// </summary>
public sealed partial class ProviderGate : IGate
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource<bool>> _waiting = [];
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private GateState _state;

    /// <param name="recovery">No job is admitted before this task has ended. Null if no job can hold a permit from
    /// before a restart.</param>
    public ProviderGate(int concurrencyMax, TimeProvider? clock = null, Task? recovery = null)
    {
        _clock = clock ?? TimeProvider.System;
        _state = new GateState(recovery is null ? concurrencyMax : 0);
        _timer = _clock.CreateTimer(
            _ => Apply(new GateCommand.Tick()), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ = recovery?.ContinueWith(_ => Open(concurrencyMax), TaskScheduler.Default);
    }

    public int HeldCount
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
            if (_waiting.TryGetValue(jobId, out var existing))
                return existing.Task;
            var admitted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(jobId, admitted);
            Apply(new GateCommand.Enter(jobId));
            return admitted.Task;
        }
    }

    public void Hold(string jobId)
    {
        lock (_lock)
        {
            Apply(new GateCommand.Hold(jobId));
            Complete(jobId, admitted: true);
        }
    }

    public void Leave(string jobId)
    {
        lock (_lock)
        {
            Complete(jobId, admitted: false);
            Apply(new GateCommand.Leave(jobId));
        }
    }

    public void Report(string jobId, ProviderReply reply) => Apply(ReportFor(jobId, reply));

    public void Dispose() => _timer.Dispose();

    /// <summary>The gate's report for a reply to a submit.</summary>
    public static GateCommand.Report ReportFor(string jobId, ProviderReply reply) =>
        reply is ProviderReply.Faulted { Fault: var fault }
        ? new GateCommand.Report(jobId, fault.Kind, fault.RetryAfter)
        : new GateCommand.Report(jobId, FaultKind.None, RetryAfter: null);

    private void Open(int concurrencyMax)
    {
        lock (_lock)
        {
            _state = _state with { ConcurrencyMax = concurrencyMax };
            Apply(new GateCommand.Tick());
        }
    }

    private void Apply(GateCommand command)
    {
        lock (_lock)
        {
            var now = GateTime.Now(_clock);
            var step = GateMachine.Decide(_state, command, now);
            _state = step.State;
            foreach (var jobId in step.Admitted)
                Complete(jobId, admitted: true);
            var wait = GateMachine.Due(_state) - now;
            _timer.Change(
                wait is { } left ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }
    }

    private void Complete(string jobId, bool admitted)
    {
        if (_waiting.Remove(jobId, out var waiting))
            waiting.SetResult(admitted);
    }
}
