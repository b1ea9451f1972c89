using System.Collections.Immutable;
using Orleans.Concurrency;
using TryOn.Core.Gates;
using TryOn.Engine.Gates;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Gates;

/// <summary>
/// The gate as a grain. Nothing of it is stored: should its silo die, the next one asks every silo for all of its jobs,
/// and until they have answered a few jobs more than the limit may go in; the upstream then refuses them, and they wait.
/// </summary>
[Reentrant]
[GrainType("gate")]
public sealed class GateGrain(TimeProvider clock) : Grain, IGateGrain
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(10);

    /// <summary>No gate's: a silo that hears it starts over.</summary>
    private const string NoTerm = "";

    private readonly string _term = Guid.NewGuid().ToString("n");
    private readonly Dictionary<string, Mail> _mail = [];
    private SharedGate _gate = new(new GateState(PlacesMax: 0));
    private IGrainTimer? _timer;

    /// <summary>When silent silos are looked for next. News must not put it off: there is some all the time.</summary>
    private DateTimeOffset _watchAt = GateTime.Now(clock) + WatchEvery;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var options = new GrainTimerCreationOptions(WatchEvery, WatchEvery) { Interleave = true };
        _timer = this.RegisterGrainTimer(Tick, options);
        return Task.CompletedTask;
    }

    public async Task<GateAnswer> Exchange(GateNews news)
    {
        if (!news.All && !_gate.Knows(news.Node))
            return new GateAnswer(NoTerm, []);
        var mail = MailOf(news.Node);
        if ((news.Term != _term && !news.All) || news.Number < mail.Told)
            return new GateAnswer(_term, []);
        mail.Told = news.Number;
        _gate = _gate with { Gate = _gate.Gate with { PlacesMax = news.PlacesMax } };
        var commands = news.Moves.Select(move => move.Command()).ToImmutableArray();
        Apply(SharedGate.Hear(_gate, news.Node, news.All, commands, GateTime.Now(clock)));
        if (news.Patience > TimeSpan.Zero && mail.Admitted.Count == 0)
            await mail.Arrival.Task.WaitAsync(news.Patience, clock).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return new GateAnswer(_term, mail.Take());
    }

    private Task Tick()
    {
        _watchAt = GateTime.Now(clock) + WatchEvery;
        Apply(SharedGate.Tick(_gate, GateTime.Now(clock)));
        foreach (var node in _mail.Keys.Where(node => !_gate.HeardAt.ContainsKey(node)).ToList())
            _mail.Remove(node);
        return Task.CompletedTask;
    }

    private void Apply(SharedGateStep step)
    {
        _gate = step.After;
        foreach (var (node, jobId) in step.Admitted)
            MailOf(node).Put(jobId);
        var next = GateMachine.Due(_gate.Gate) is { } due && due < _watchAt ? due : _watchAt;
        var wait = Min(next - GateTime.Now(clock), WatchEvery);
        _timer?.Change(Max(wait, TimeSpan.FromMilliseconds(1)), WatchEvery);
    }

    private Mail MailOf(string node) => _mail.TryGetValue(node, out var mail) ? mail : _mail[node] = new Mail();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>What a silo has yet to hear.</summary>
    private sealed class Mail
    {
        public long Told { get; set; }

        public List<string> Admitted { get; } = [];

        public TaskCompletionSource Arrival { get; private set; } = new();

        public void Put(string jobId)
        {
            Admitted.Add(jobId);
            Arrival.TrySetResult();
        }

        public ImmutableArray<string> Take()
        {
            var taken = Admitted.ToImmutableArray();
            Admitted.Clear();
            if (Arrival.Task.IsCompleted)
                Arrival = new TaskCompletionSource();
            return taken;
        }
    }
}
