using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using TryOn.Core.Tests.Machines;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

/// <summary>
/// One job, its account and an upstream in virtual time. A crash keeps the state as of the last durable event, the
/// account, and the runs of the upstream. Every step is checked by <see cref="JobRules"/>.
/// </summary>
internal sealed class JobWorld(Script script, bool tells)
{
    private readonly JobSpec _wanted = Want(script);
    private readonly SimulatedUpstream _upstream = new(script, tells);
    private readonly JobRules _rules = new();
    private readonly List<JobEffect> _underWay = [];
    private readonly List<(DateTimeOffset At, JobStatus Status, object What)> _trace = [];
    private JobState _state = new();
    private JobState _committed = new();
    private bool _gateHeld;
    private DateTimeOffset _now = At(0);
    private ReservedAccount? _account;

    public JobState State => _state;

    public ReservedAccount Account => _account ??= new ReservedAccount(script, _wanted);

    public string Trace => string.Join('\n', _trace.Select(step => $"{step.At:mm:ss.fff} {step.Status} {step.What}"));

    /// <summary>Starts the job, possibly so late that the account has given it up.</summary>
    public void Begin()
    {
        if (script.Chance(5))
        {
            _now = At(script.Next(40));
            Do(new JobCommand.GetSettlement(Id, At(0)));
        }

        Do(new JobCommand.Start(Id, _wanted));
    }

    public void Step()
    {
        switch (script.Next(16))
        {
            case < 7 when _underWay.Count > 0:
                Answer(script.Next(_underWay.Count));
                break;
            case < 11:
                TickWhenDue();
                break;
            case 11:
                _now += script.Pick(
                    TimeSpan.FromMilliseconds(script.Next(3000)), TimeSpan.FromSeconds(script.Next(Deadline)));
                break;
            case 12:
                Do(Tick);
                break;
            case 13:
                Crash();
                break;
            case 14:
                Do(new JobCommand.GetSettlement(Id, At(0)));
                break;
            default:
                Do(Stray());
                break;
        }
    }

    /// <summary>Ends all faults: from now on every call succeeds at once.</summary>
    public void Finish()
    {
        var from = _now;
        for (var steps = 0; JobMachine.Unfinished(_state); steps++)
        {
            Assert.True(steps < 100, "Still not at its end after a hundred benign steps.");
            if (_underWay.Count > 0)
                Answer(0);
            else
                TickWhenDue();
        }

        while (_underWay.Count > 0)
            Answer(0);
        Do(new JobCommand.GetSettlement(Id, At(0)));
        _rules.AtTheEnd(_state, Account, _gateHeld, from);
    }

    private void Do(JobCommand command)
    {
        _trace.Add((_now, _state.Status, command));
        if (JobMachine.Decide(_state, command, _now) is not Decision<JobEvent, JobEffect>.Accepted decided)
            return;
        var after = decided.Events.Aggregate(_state, JobMachine.Evolve);
        _rules.Step(_state, command, after, decided, _now);
        var durable = decided.Events.Any(JobMachine.Durable);
        if (durable && script.Chance(4))
        {
            // The write was committed or not. Either way it was not answered, and its effects did not start.
            if (script.Chance(50))
                _committed = after;
            else if (_state.Status == JobStatus.Submitting)
                _upstream.Forgotten();
            Crash();
            return;
        }

        (_state, _committed) = (after, durable ? after : _committed);
        Begin(decided.Effects);
        _rules.Reply(decided.Reply);
        Account.Hear(decided.Reply, _committed);
    }

    private void Begin(IEnumerable<JobEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case JobEffect.HoldGate:
                    _gateHeld = true;
                    break;
                case JobEffect.LeaveGate:
                    _gateHeld = false;
                    _underWay.RemoveAll(other => other is JobEffect.EnterGate);
                    break;
                case not JobEffect.DeleteInputs:
                    _underWay.Add(effect);
                    break;
            }
        }

        _rules.UnderWay(_state, _underWay, _committed);
    }

    private void Answer(int index)
    {
        var effect = _underWay[index];
        _underWay.RemoveAt(index);
        _now += TimeSpan.FromMilliseconds(script.Next(200));
        _gateHeld |= effect is JobEffect.EnterGate;
        Do(effect switch
        {
            JobEffect.EnterGate => new JobCommand.GateEntered(),
            JobEffect.Submit submit => _upstream.Submit(submit.Attempt, _now),
            JobEffect.Find find => new JobCommand.Found(find.Attempt.Number, _upstream.Find(find.Attempt, _now)),
            JobEffect.Poll poll => new JobCommand.Replied(poll.Attempt.Number, _upstream.Poll(poll.Attempt)),
            JobEffect.CancelUpstream cancel => new JobCommand.CancelAnswered(cancel.Attempt.Number, script.Chance(50)),
            JobEffect.Notice => new JobCommand.Noticed(Held: !script.Chance(50)),
            JobEffect.Store store => _upstream.Store(store.Attempt),
            JobEffect.Settle settle => new JobCommand.AccountAnswered(Account.Settle(settle, _committed)),
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        });
    }

    private void TickWhenDue()
    {
        if (JobMachine.Due(_state) is not { } due)
            return;
        _now = due > _now ? due : _now;
        Do(Tick);
    }

    /// <summary>
    /// Simulates a process that dies, or an activation that is dropped while its process and gate live on.
    /// </summary>
    private void Crash()
    {
        _trace.Add((_now, _state.Status, "crash"));
        foreach (var submit in _underWay.OfType<JobEffect.Submit>())
            _upstream.CutOffUnanswered(submit.Attempt, _now);
        _underWay.Clear();
        _gateHeld &= script.Chance(50);
        _now += script.Pick(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(script.Next(3000)), TimeSpan.FromSeconds(script.Next(Deadline)));
        _state = _committed;
        if (_state.Status == JobStatus.None)
            Do(new JobCommand.Start(Id, _wanted));
        else
            Begin(JobMachine.Pending(_state));
    }

    /// <summary>Half of the jobs have fallbacks, which are cheaper or dearer than the requested model.</summary>
    private static JobSpec Want(Script script)
    {
        var others = Enumerable.Range(1, Math.Max(0, script.Next(4) - 1))
            .Select(n => new Route($"model-{n}", $"upstream-{n}", 1 + script.Next(4))).ToList();
        return Spec with
        {
            Webhook = new JobWebhook("https://shop.example/", "https://here.example"),
            Fallbacks = others.Count == 0 ? null : [.. others],
            FallBackWhenRefused = script.Chance(30) ? true : null,
        };
    }

    private JobCommand Stray() => script.Pick<JobCommand>(
        new JobCommand.Start(Id, _wanted), new JobCommand.Cancel(), new JobCommand.GateEntered(),
        Replied(StillAt(1), attempt: 0), new JobCommand.Stored(0, Outputs),
        Found(Fault(Core.Providers.FaultKind.Caller), attempt: 99));
}
