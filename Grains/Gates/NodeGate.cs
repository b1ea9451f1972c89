using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TryOn.Core.Gates;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Gates;

/// <summary>
/// One silo's client of the gate that all silos share. Commands are sent in batches, one call at a time; a second,
/// long-polling call receives admitted jobs and shows the gate that this silo is alive. If an answer is lost or the
/// gate was restarted, all jobs are sent again.
/// </summary>
internal sealed partial class NodeGate(
    Func<IGateGrain> gate, string node, int concurrencyMax, TimeProvider clock, ILogger logger) : IGate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RegistrationPollDelay = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, TaskCompletionSource<bool>> _waiting = [];
    private readonly HashSet<string> _held = [];
    private List<GateCommand> _unsent = [];
    private string _term = "";
    private long _lastNumber;
    private bool _sending;
    private bool _polling;

    public Task<bool> Enter(string jobId)
    {
        lock (_lock)
        {
            if (_held.Contains(jobId))
                return Task.FromResult(true);
            if (_waiting.TryGetValue(jobId, out var existing))
                return existing.Task;
            var admitted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(jobId, admitted);
            Send(new GateCommand.Enter(jobId));
            return admitted.Task;
        }
    }

    public void Hold(string jobId)
    {
        lock (_lock)
        {
            Complete(jobId);
            if (_held.Add(jobId))
                Send(new GateCommand.Hold(jobId));
        }
    }

    public void Leave(string jobId)
    {
        lock (_lock)
        {
            var waited = _waiting.Remove(jobId, out var waiting);
            waiting?.SetResult(false);
            if (_held.Remove(jobId) || waited)
                Send(new GateCommand.Leave(jobId));
        }
    }

    /// <summary>
    /// Always null: the queue is in the grain, and a call per watcher of a queued job would be too many.
    /// </summary>
    public int? PositionOf(string jobId) => null;

    public void Report(string jobId, ProviderReply reply)
    {
        lock (_lock)
            Send(ProviderGate.ReportFor(jobId, reply));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Complete(string jobId)
    {
        if (!_waiting.Remove(jobId, out var waiting))
            return;
        _held.Add(jobId);
        waiting.SetResult(true);
    }

    private void Send(GateCommand command)
    {
        _unsent.Add(command);
        if (!_sending)
            _ = SendLoop(_stop.Token);
        if (!_polling)
            _ = PollLoop(_stop.Token);
    }

    private async Task SendLoop(CancellationToken stop)
    {
        _sending = true;
        // Leaves the caller's lock and grain scheduler.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested && NextBatch() is { } batch)
            await Exchange(batch, stop);
    }

    /// <summary>Long-polls for admissions while any job waits for a permit or holds one.</summary>
    private async Task PollLoop(CancellationToken stop)
    {
        _polling = true;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested && NextPoll() is { } poll)
        {
            if (poll.Term.Length > 0)
                await Exchange(poll, stop);
            else
                await Task.Delay(RegistrationPollDelay, clock, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private GateNews? NextBatch()
    {
        lock (_lock)
        {
            var all = _term.Length == 0;
            _sending = _unsent.Count > 0 || (all && _waiting.Count + _held.Count > 0);
            if (!_sending)
                return null;
            var moves = (all ? AllCommands() : _unsent).Select(GateMove.FromCommand).ToImmutableArray();
            _unsent = [];
            return new GateNews(node, _term, ++_lastNumber, all, moves, concurrencyMax, TimeSpan.Zero);
        }
    }

    private IEnumerable<GateCommand> AllCommands() =>
    [
        .. _held.Select(jobId => new GateCommand.Hold(jobId)),
        .. _waiting.Keys.Select(jobId => new GateCommand.Enter(jobId)), .. _unsent.OfType<GateCommand.Report>(),
    ];

    private GateNews? NextPoll()
    {
        lock (_lock)
        {
            _polling = _waiting.Count + _held.Count > 0;
            return _polling ? new GateNews(node, _term, _lastNumber, All: false, [], concurrencyMax, Patience) : null;
        }
    }

    private void HandleAnswer(GateNews batch, GateAnswer answer)
    {
        lock (_lock)
        {
            if (batch.All)
                _term = answer.Term;
            foreach (var jobId in answer.Admitted)
                Complete(jobId);
        }

        if (answer.Term != batch.Term && !batch.All)
            Resend();
    }

    /// <summary>Makes the next batch contain all jobs of this silo.</summary>
    private void Resend()
    {
        lock (_lock)
        {
            _term = "";
            if (!_sending && _waiting.Count + _held.Count > 0)
                _ = SendLoop(_stop.Token);
        }
    }

    private async Task Exchange(GateNews batch, CancellationToken stop)
    {
        try
        {
            HandleAnswer(batch, await gate().Exchange(batch));
        }
        catch (Exception failure)
        {
            LogNoAnswer(logger, failure);
            Resend();
            await Task.Delay(Retry, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The shared gate did not answer; all jobs of this silo will be sent again")]
    private static partial void LogNoAnswer(ILogger logger, Exception failure);
}
