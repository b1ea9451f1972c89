using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Core.Tests.Machines;

namespace TryOn.Core.Tests.Jobs;

/// <summary>
/// A simulated upstream that bills every run. One kind is polled and can find attempts; the other answers with the
/// picture and cannot. A submit whose answer is lost may have arrived, may be in transit, or may be lost itself. Choice
/// 0 is always the benign one.
/// </summary>
internal sealed class SimulatedUpstream(Script script, bool tells)
{
    private readonly List<Run> _runs = [];
    private readonly Dictionary<string, int> _sends = [];
    private int _lost;

    public JobCommand Submit(Attempt attempt, DateTimeOffset now)
    {
        Count(attempt);
        switch (script.Next(12))
        {
            case < 4:
                var run = Begin(attempt, now);
                return tells
                    ? Replied(attempt, new ProviderReply.Waiting(run.Id, Seconds(script.Next(4))))
                    : Deliver(attempt, run);
            case < 7:
                var kind = script.Pick(FaultKind.Throttled, FaultKind.Outage);
                return Replied(attempt, ProviderReply.FaultOf(kind, "code", Hint()));
            case 7 when script.Chance(30):
                return Replied(
                    attempt, ProviderReply.FaultOf(script.Pick(FaultKind.Caller, FaultKind.Operator), "code"));
            case 8:
                CutOff(attempt, now);
                return Replied(attempt, script.Pick<ProviderReply>(
                    new ProviderReply.Absent(), new ProviderReply.CannotTell(), new ProviderReply.Delivered([])));
            default:
                CutOff(attempt, now);
                return Replied(attempt, ProviderReply.FaultOf(FaultKind.OutcomeUnknown, "code"));
        }
    }

    /// <summary>Handles a send whose answer is lost.</summary>
    public void CutOff(Attempt attempt, DateTimeOffset now)
    {
        _lost++;
        if (script.Next(3) is var way and > 0)
            Begin(attempt, way == 1 ? now : now + (RetryPolicy.AbsenceWait * (script.Next(100) / 100.0)));
    }

    /// <summary>Counts an answer that was lost before it was written.</summary>
    public void Forgotten() => _lost++;

    /// <summary>Handles a send that was cut off before its answer and counts as sent.</summary>
    public void CutOffUnanswered(Attempt attempt, DateTimeOffset now)
    {
        Count(attempt);
        CutOff(attempt, now);
    }

    public ProviderReply Find(Attempt attempt, DateTimeOffset now)
    {
        if (!tells)
            return new ProviderReply.CannotTell();
        if (script.Chance(25))
            return ProviderReply.FaultOf(script.Pick(Enum.GetValues<FaultKind>()), "code", Hint());
        var run = _runs.LastOrDefault(run => run.AttemptId == attempt.Id && run.ArrivesAt <= now);
        return run switch
        {
            null => new ProviderReply.Absent(),
            { Over: true } => ProviderReply.EndOf(FaultKind.Outage, "code"),
            _ => script.Chance(30)
                ? new ProviderReply.Ready(JobFixture.Addresses)
                : new ProviderReply.Waiting(run.Id, Seconds(1)),
        };
    }

    public ProviderReply Poll(Attempt attempt)
    {
        var run = _runs.Single(run => run.Id == attempt.UpstreamId);
        switch (script.Next(8))
        {
            case 1:
                return new ProviderReply.Waiting(run.Id, Seconds(script.Next(4)));
            case 2:
                var harmless = Enum.GetValues<FaultKind>().Except([FaultKind.TaskLost]).ToArray();
                return ProviderReply.FaultOf(script.Pick(harmless), "code", Hint());
            case 3:
                run.Over = true;
                return ProviderReply.FaultOf(FaultKind.TaskLost, "code");
            case 4:
                run.Over = true;
                return ProviderReply.EndOf(
                    script.Pick(FaultKind.Outage, FaultKind.NoPicture, FaultKind.Moderation), "code");
            default:
                return new ProviderReply.Ready(JobFixture.Addresses);
        }
    }

    public JobCommand Store(Attempt attempt)
    {
        switch (script.Next(6))
        {
            case 1 or 2:
                return new JobCommand.StoreFailed(attempt.Number);
            case 3:
                End(attempt);
                return Replied(attempt, ProviderReply.EndOf(FaultKind.NoPicture, "not-a-picture"));
            case 4:
                End(attempt);
                return new JobCommand.Stored(attempt.Number, []);
            default:
                return new JobCommand.Stored(attempt.Number, JobFixture.Outputs);
        }
    }

    private JobCommand Deliver(Attempt attempt, Run run)
    {
        run.Over = script.Chance(25);
        return run.Over
            ? Replied(attempt, ProviderReply.EndOf(FaultKind.NoPicture, "not-a-picture"))
            : new JobCommand.Stored(attempt.Number, JobFixture.Outputs);
    }

    /// <summary>
    /// Checks the number of runs: one at a time where attempts can be found, otherwise one more per lost answer.
    /// </summary>
    private Run Begin(Attempt attempt, DateTimeOffset arrivesAt)
    {
        if (tells)
            Assert.DoesNotContain(_runs, run => !run.Over);
        var run = new Run(attempt.Id, $"up-{_runs.Count + 1}", arrivesAt);
        _runs.Add(run);
        var excused = Math.Min(1, _lost) + _runs.Count(other => other.Over);
        Assert.True(tells || _runs.Count <= 1 + excused, $"Run {_runs.Count} times, {excused} of them excused.");
        return run;
    }

    private void Count(Attempt attempt)
    {
        var sends = _sends[attempt.Id] = _sends.GetValueOrDefault(attempt.Id) + 1;
        Assert.True(sends <= (tells ? RetryPolicy.SendsMax : 1), $"{attempt.Id} was sent {sends} times.");
    }

    private void End(Attempt attempt)
    {
        foreach (var run in _runs.Where(run => run.AttemptId == attempt.Id))
            run.Over = true;
    }

    private TimeSpan? Hint() => script.Pick<TimeSpan?>(null, TimeSpan.Zero, Seconds(3), Seconds(3600));

    private static JobCommand Replied(Attempt attempt, ProviderReply reply) =>
        new JobCommand.Replied(attempt.Number, reply);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Run(string attemptId, string id, DateTimeOffset arrivesAt)
    {
        public string AttemptId => attemptId;

        public string Id => id;

        public DateTimeOffset ArrivesAt => arrivesAt;

        /// <summary>
        /// True when the run ended without a picture, by the upstream's answer or because its content was no picture.
        /// </summary>
        public bool Over { get; set; }
    }
}
