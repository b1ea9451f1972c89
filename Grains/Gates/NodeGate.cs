using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TryOn.Core.Gates;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Gates;

/// <summary>
/// One silo's side of the gate that all silos share. What its jobs do is told in batches, one call at a time; a second call
/// listens for those that may go in, and tells the gate that this silo lives. Whenever an answer is lost, or the gate has
/// started anew, everything is told again.
/// </summary>
internal sealed partial class NodeGate(
    Func<IGateGrain> gate, string node, int placesMax, TimeProvider clock, ILogger logger) : IGate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BeforeIntroduced = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, TaskCompletionSource<bool>> _waiting = [];
    private readonly HashSet<string> _held = [];
    private List<GateCommand> _news = [];
    private string _term = "";
    private long _told;
    private bool _telling;
    private bool _listening;

    public Task<bool> Enter(string jobId)
    {
        lock (_lock)
        {
            if (_held.Contains(jobId))
                return Task.FromResult(true);
            if (_waiting.TryGetValue(jobId, out var known))
                return known.Task;
            var admitted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(jobId, admitted);
            Tell(new GateCommand.Enter(jobId));
            return admitted.Task;
        }
    }

    public void Hold(string jobId)
    {
        lock (_lock)
        {
            Admit(jobId);
            if (_held.Add(jobId))
                Tell(new GateCommand.Hold(jobId));
        }
    }

    public void Leave(string jobId)
    {
        lock (_lock)
        {
            var waited = _waiting.Remove(jobId, out var waiting);
            waiting?.SetResult(false);
            if (_held.Remove(jobId) || waited)
                Tell(new GateCommand.Leave(jobId));
        }
    }

    /// <summary>The line is the grain's, and is not worth a call for everyone who watches a job in it.</summary>
    public int? PositionOf(string jobId) => null;

    public void Report(string jobId, ProviderReply reply)
    {
        lock (_lock)
            Tell(ProviderGate.Told(jobId, reply));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Admit(string jobId)
    {
        if (!_waiting.Remove(jobId, out var waiting))
            return;
        _held.Add(jobId);
        waiting.SetResult(true);
    }

    private void Tell(GateCommand news)
    {
        _news.Add(news);
        if (!_telling)
            _ = Telling(_stop.Token);
        if (!_listening)
            _ = Listening(_stop.Token);
    }

    private async Task Telling(CancellationToken stop)
    {
        _telling = true;
        // On no grain's scheduler, and off the lock of whoever has news.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested && Batch() is { } batch)
            await Exchange(batch, stop);
    }

    /// <summary>Until nobody waits or is inside.</summary>
    private async Task Listening(CancellationToken stop)
    {
        _listening = true;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested && Question() is { } question)
        {
            if (question.Term.Length > 0)
                await Exchange(question, stop);
            else
                await Task.Delay(BeforeIntroduced, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private GateNews? Batch()
    {
        lock (_lock)
        {
            var all = _term.Length == 0;
            _telling = _news.Count > 0 || (all && _waiting.Count + _held.Count > 0);
            if (!_telling)
                return null;
            var moves = (all ? Everything() : _news).Select(GateMove.Of).ToImmutableArray();
            _news = [];
            return new GateNews(node, _term, ++_told, all, moves, placesMax, TimeSpan.Zero);
        }
    }

    private IEnumerable<GateCommand> Everything() =>
    [
        .. _held.Select(jobId => new GateCommand.Hold(jobId)), .. _waiting.Keys.Select(jobId => new GateCommand.Enter(jobId)),
        .. _news.OfType<GateCommand.Report>(),
    ];

    private GateNews? Question()
    {
        lock (_lock)
        {
            _listening = _waiting.Count + _held.Count > 0;
            return _listening ? new GateNews(node, _term, _told, All: false, [], placesMax, Patience) : null;
        }
    }

    private void Hear(GateNews news, GateAnswer answer)
    {
        lock (_lock)
        {
            if (news.All)
                _term = answer.Term;
            foreach (var jobId in answer.Admitted)
                Admit(jobId);
        }

        if (answer.Term != news.Term && !news.All)
            Forget();
    }

    /// <summary>From here on everything is told again, before anything else.</summary>
    private void Forget()
    {
        lock (_lock)
        {
            _term = "";
            if (!_telling && _waiting.Count + _held.Count > 0)
                _ = Telling(_stop.Token);
        }
    }

    private async Task Exchange(GateNews news, CancellationToken stop)
    {
        try
        {
            Hear(news, await gate().Exchange(news));
        }
        catch (Exception failure)
        {
            LogSilent(logger, failure);
            Forget();
            await Task.Delay(Retry, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gate did not answer")]
    private static partial void LogSilent(ILogger logger, Exception failure);
}
