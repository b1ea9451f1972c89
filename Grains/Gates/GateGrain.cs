using System.Collections.Immutable;
using Orleans.Concurrency;
using TryOn.Core.Gates;
using TryOn.Engine.Gates;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Gates;

/// <summary>
/// The gate as a grain. Its state is not stored: if its silo dies, the new activation has every silo send all of its
/// jobs. Until they have, slightly more jobs than the limit may be admitted; the upstream throttles these, and they
/// wait.
/// </summary>
[Reentrant]
[GrainType("gate")]
public sealed class GateGrain(TimeProvider clock) : Grain, IGateGrain
{
    private static readonly TimeSpan SilenceCheckInterval = TimeSpan.FromSeconds(10);

    /// <summary>No valid term: a silo that receives it sends all its jobs again.</summary>
    private const string NoTerm = "";

    private readonly string _term = Guid.NewGuid().ToString("n");
    private readonly Dictionary<string, Outbox> _outboxes = [];
    private SharedGate _gate = new(new GateState(ConcurrencyMax: 0));
    private IGrainTimer? _timer;

    /// <summary>
    /// When silent silos are next looked for. Incoming batches must not postpone this, because there are always some.
    /// </summary>
    private DateTimeOffset _nextSilenceCheck = GateTime.Now(clock) + SilenceCheckInterval;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var options = new GrainTimerCreationOptions(SilenceCheckInterval, SilenceCheckInterval) { Interleave = true };
        _timer = this.RegisterGrainTimer(Tick, options);
        return Task.CompletedTask;
    }

    public async Task<GateAnswer> Exchange(GateNews batch)
    {
        if (!batch.All && !_gate.Knows(batch.Node))
            return new GateAnswer(NoTerm, []);
        var outbox = OutboxOf(batch.Node);
        if ((batch.Term != _term && !batch.All) || batch.Number < outbox.LastNumber)
            return new GateAnswer(_term, []);
        outbox.LastNumber = batch.Number;
        _gate = _gate with { Gate = _gate.Gate with { ConcurrencyMax = batch.PlacesMax } };
        var commands = batch.Moves.Select(move => move.Command()).ToImmutableArray();
        Apply(SharedGate.Receive(_gate, batch.Node, batch.All, commands, GateTime.Now(clock)));
        if (batch.Patience > TimeSpan.Zero && outbox.Admitted.Count == 0)
            await outbox.HasAdmitted.Task.WaitAsync(batch.Patience, clock).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return new GateAnswer(_term, outbox.Take());
    }

    private Task Tick()
    {
        _nextSilenceCheck = GateTime.Now(clock) + SilenceCheckInterval;
        Apply(SharedGate.Tick(_gate, GateTime.Now(clock)));
        foreach (var node in _outboxes.Keys.Where(node => !_gate.LastSeen.ContainsKey(node)).ToList())
            _outboxes.Remove(node);
        return Task.CompletedTask;
    }

    private void Apply(SharedGateStep step)
    {
        _gate = step.State;
        foreach (var (node, jobId) in step.Admitted)
            OutboxOf(node).Put(jobId);
        var next = GateMachine.Due(_gate.Gate) is { } due && due < _nextSilenceCheck ? due : _nextSilenceCheck;
        var wait = Min(next - GateTime.Now(clock), SilenceCheckInterval);
        _timer?.Change(Max(wait, TimeSpan.FromMilliseconds(1)), SilenceCheckInterval);
    }

    private Outbox OutboxOf(string node) =>
        _outboxes.TryGetValue(node, out var outbox) ? outbox : _outboxes[node] = new Outbox();

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Admissions that a silo has not received yet.</summary>
    private sealed class Outbox
    {
        public long LastNumber { get; set; }

        public List<string> Admitted { get; } = [];

        public TaskCompletionSource HasAdmitted { get; private set; } = new();

        public void Put(string jobId)
        {
            Admitted.Add(jobId);
            HasAdmitted.TrySetResult();
        }

        public ImmutableArray<string> Take()
        {
            var taken = Admitted.ToImmutableArray();
            Admitted.Clear();
            if (HasAdmitted.Task.IsCompleted)
                HasAdmitted = new TaskCompletionSource();
            return taken;
        }
    }
}
