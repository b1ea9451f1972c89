using TryOn.Core.Gates;
using TryOn.Core.Providers;

namespace TryOn.Core.Tests.Gates;

public sealed class GateMachineTests
{
    private GateState _state = new(ConcurrencyMax: 2);
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Jobs_OverTheLimit_AreAdmittedInOrder()
    {
        Assert.Equal("a", Enter("a"));
        Assert.Equal("b", Enter("b"));
        Assert.Equal("", Enter("c") + Enter("d") + Enter("c"));

        Assert.Equal("c", Leave("a"));
        Assert.Equal("", Leave("a"));
        Assert.Equal("d", Leave("b"));
    }

    [Fact]
    public void Hold_OverTheLimit_CountsAndLeavesTheQueue()
    {
        Enter("a");
        Enter("b");
        Enter("c");

        Do(new GateCommand.Hold("c"));

        Assert.Equal("", Leave("a"));
        Assert.Equal("", Enter("c"));
        Assert.Equal(2, _state.Holders.Count);
    }

    [Fact]
    public void Throttled_WithAHint_PausesForAsLong()
    {
        Enter("a");
        Report("a", FaultKind.Throttled, retryAfter: 7);

        Assert.Equal("", Enter("b"));
        Assert.Equal("", TickAfter(6.9));
        Assert.Equal("b", TickAfter(0.2));
    }

    [Fact]
    public void Throttled_AgainAndAgain_PausesLonger()
    {
        Enter("a");
        Report("a", FaultKind.Throttled);
        TickAfter(1);
        Report("a", FaultKind.Throttled);
        Enter("b");

        Assert.Equal("", TickAfter(1.9));
        Assert.Equal("b", TickAfter(0.2));
    }

    /// <summary>The calls were in flight together, so their refusals count once.</summary>
    [Fact]
    public void Throttled_ManyInOneBurst_PausesForASecond()
    {
        _state = new GateState(ConcurrencyMax: 8);
        for (var call = 0; call < 8; call++)
            Enter($"{call}");
        for (var call = 0; call < 8; call++, TickAfter(0.001))
            Report($"{call}", FaultKind.Throttled);
        Leave("0");
        Enter("b");

        Assert.Equal("", TickAfter(0.9));
        Assert.Equal("b", TickAfter(0.2));
    }

    [Fact]
    public void Throttled_WhilePaused_LengthensThePauseToItsHint()
    {
        Enter("a");
        Report("a", FaultKind.Throttled);
        Report("a", FaultKind.Throttled, retryAfter: 7);
        Report("a", FaultKind.Throttled, retryAfter: 3);

        Assert.Equal("", Enter("b"));
        Assert.Equal("", TickAfter(6.9));
        Assert.Equal("b", TickAfter(0.2));
    }

    [Fact]
    public void Pause_ThatEndsWhileFull_AsksForNoTick()
    {
        Enter("a");
        Enter("b");
        Enter("c");
        Report("a", FaultKind.Throttled);

        Assert.Equal("", TickAfter(2));
        Assert.Equal("c", Leave("b"));
    }

    [Fact]
    public void Failures_InARow_OpenTheCircuitForOneProbe()
    {
        Fail(GateMachine.FailuresMax);
        Enter("b");
        Enter("c");

        Assert.True(_state.CircuitOpen);
        Assert.Equal("", TickAfter(4.9));
        Assert.Equal("b", TickAfter(0.2));
        Assert.Equal("", TickAfter(60));
    }

    [Fact]
    public void Failures_WithASuccessBetween_OpenNothing()
    {
        Fail(GateMachine.FailuresMax - 1);
        Report("a", FaultKind.None);
        Fail(GateMachine.FailuresMax - 1);

        Assert.Equal("b", Enter("b"));
    }

    /// <summary>A picture takes many seconds and a refusal none, so answers to older calls arrive in between.</summary>
    [Fact]
    public void Successes_OfOlderCalls_DoNotHideAnOutage()
    {
        _state = new GateState(ConcurrencyMax: 100);
        for (var old = 0; old < 50; old++)
            Enter($"old-{old}");
        for (var call = 0; call < GateMachine.FailuresMax; call++)
        {
            Enter($"new-{call}");
            Report($"new-{call}", FaultKind.Outage);
            Report($"old-{call}", FaultKind.None);
            Leave($"old-{call}");
        }

        Assert.True(_state.CircuitOpen);
        Report("old-20", FaultKind.None);
        Assert.True(_state.CircuitOpen);
    }

    /// <summary>One call in five is lost with many in flight, while later calls succeed as often as before.</summary>
    [Fact]
    public void Failures_NowAndThen_OpenNothing()
    {
        _state = new GateState(ConcurrencyMax: 100);
        for (var call = 0; call < 64; call++)
            Enter($"{call}");
        for (var call = 0; call < 2000; call++)
        {
            Report($"{call}", call % 5 == 0 ? FaultKind.OutcomeUnknown : FaultKind.None);
            Leave($"{call}");
            Assert.Equal($"{call + 64}", Enter($"{call + 64}"));
        }
    }

    [Fact]
    public void Probe_ThatSucceeds_AdmitsTheOthers()
    {
        Fail(GateMachine.FailuresMax);
        Leave("a");
        Enter("b");
        Enter("c");
        TickAfter(5);

        Assert.Equal("c", Report("b", FaultKind.None));
        Assert.False(_state.CircuitOpen);
    }

    [Fact]
    public void Probe_ThatFails_WaitsTwiceAsLong()
    {
        Fail(GateMachine.FailuresMax);
        Enter("b");
        Enter("c");
        TickAfter(5);
        Report("b", FaultKind.Outage);
        Leave("b");

        Assert.Equal("", TickAfter(9.9));
        Assert.Equal("c", TickAfter(0.2));
    }

    [Fact]
    public void Probe_ThatLeavesInSilence_IsFollowedByAnother()
    {
        Fail(GateMachine.FailuresMax);
        Enter("b");
        Enter("c");
        TickAfter(5);

        Assert.Equal("c", Leave("b"));
    }

    [Fact]
    public void Stragglers_OfTheSameStorm_DoNotLengthenIt()
    {
        Fail(GateMachine.FailuresMax + 20);
        Enter("b");

        Assert.Equal("b", TickAfter(5));
    }

    /// <summary>
    /// Every admitted job fails, retries and is admitted again: how often an upstream that is down is called.
    /// </summary>
    [Fact]
    public void Storm_OfFiveMinutes_CostsFewCallsAndOpensAtOnce()
    {
        var calls = 0;
        DateTimeOffset? openedAt = null;
        var start = _now;
        Queue<string> inside = new(
            Enumerable.Range(0, 200).Select(job => Enter($"job-{job}")).Where(job => job.Length > 0));
        while (_now - start < TimeSpan.FromMinutes(5))
        {
            while (inside.TryDequeue(out var job))
            {
                calls++;
                Report(job, FaultKind.Outage);
                foreach (var next in (Leave(job) + " " + Enter(job)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    inside.Enqueue(next);
            }

            openedAt ??= _state.CircuitOpen ? _now : null;
            foreach (var next in TickAfter(0.5).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                inside.Enqueue(next);
        }

        Assert.True(openedAt - start < TimeSpan.FromSeconds(10));
        Assert.InRange(calls, GateMachine.FailuresMax, 20);
    }

    private void Fail(int times)
    {
        Enter("a");
        for (var time = 0; time < times; time++)
            Report("a", FaultKind.Outage);
    }

    private string Enter(string job) => Do(new GateCommand.Enter(job));

    private string Leave(string job) => Do(new GateCommand.Leave(job));

    private string Report(string job, FaultKind kind, double? retryAfter = null) => Do(new GateCommand.Report(
        job, kind, retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null));

    private string TickAfter(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return Do(new GateCommand.Tick());
    }

    private string Do(GateCommand command)
    {
        var step = GateMachine.Decide(_state, command, _now);
        _state = step.State;
        Assert.False(GateMachine.Due(_state) <= _now, "A tick now would change nothing: its host would spin.");
        Assert.True(step.Admitted.IsEmpty || _state.Holders.Count <= _state.ConcurrencyMax, "Over the limit.");
        return string.Join(' ', step.Admitted);
    }
}
