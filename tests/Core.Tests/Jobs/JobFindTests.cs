using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobFindTests
{
    private static readonly ProviderReply Absent = new ProviderReply.Absent();
    private static readonly ProviderReply CannotTell = new ProviderReply.CannotTell();

    private static readonly JobEvent Parked = new JobEvent.AttemptParked(At(6) + FallbackPolicy.Delay);

    private static readonly JobState AbsentOnce = After(
        Unclear, new JobEvent.AttemptAbsent(At(6)), new JobEvent.Asked());

    public static TheoryData<FaultKind> EveryKind => new(Enum.GetValues<FaultKind>());

    [Fact]
    public void Waiting_Found_IsPolledAsIfNothingWasLost() =>
        Given(Unclear).When(Found(StillAt(3)), At(4)).Then(new JobEvent.AttemptAccepted("up-1", At(7))).Asks();

    [Fact]
    public void Ready_Found_IsStored() =>
        Given(Unclear).When(Found(new ProviderReply.Ready(Addresses)), At(4))
            .Then(new JobEvent.PicturesReady(Addresses, At(4)))
            .Asks(new JobEffect.Store(Unclear.Attempt!, Addresses));

    [Fact]
    public void Ended_Found_IsTheAttemptsEnd()
    {
        var scenario = Given(Unclear).When(Found(ProviderReply.EndOf(FaultKind.Moderation, "code")), At(4));

        Assert.Equal(ErrorCode.ContentModerated, scenario.State.Error?.Code);
    }

    /// <summary>
    /// A failed lookup says nothing about the attempt. Taking an outage for an absence would pay twice.
    /// </summary>
    [Theory]
    [MemberData(nameof(EveryKind))]
    public void Fault_OfTheLookUp_AsksAgainLater(FaultKind kind)
    {
        Given(Unclear).When(Found(Fault(kind)), At(4)).Then(new JobEvent.AttemptUnclear(At(9))).Asks();
        Given(Unclear).When(Found(Fault(kind, retryAfter: 30)), At(4)).Then(new JobEvent.AttemptUnclear(At(34))).Asks();
        Given(Unclear).When(Found(Fault(kind, retryAfter: 0)), At(4)).Then(new JobEvent.AttemptUnclear(At(9))).Asks();
    }

    /// <summary>The node that made the call may be alive, and a second call would be paid for as well.</summary>
    [Fact]
    public void SubmitRunning_Submit_IsLookedUpOnceItsCallIsOver()
    {
        var scenario = Given(Submitting).When(new JobCommand.SubmitRunning(1, At(41)), At(4))
            .Then(new JobEvent.Deferred(At(41))).Asks();

        Assert.Equal(At(41), JobMachine.Due(scenario.State));
        Assert.Equal<JobEffect>([new JobEffect.HoldGate()], JobMachine.Pending(scenario.State));
        Given(Unclear).When(new JobCommand.SubmitRunning(1, At(41)), At(4)).ChangesNothing();
        Given(Waiting).When(new JobCommand.SubmitRunning(1, At(41)), At(4)).ChangesNothing();
    }

    /// <summary>
    /// The picture may exist although the job is late, so the attempt is looked up before the job is given up.
    /// </summary>
    [Fact]
    public void SubmitRunning_PastTheDeadline_IsLookedUpFirst() =>
        Given(After(Submitting, new JobEvent.Deferred(At(Deadline + 1)))).When(Tick, At(Deadline + 1))
            .Then(new JobEvent.Asked()).Asks(new JobEffect.Find(Submitting.Attempt!));

    /// <summary>An upstream whose records lag behind says for how long.</summary>
    [Fact]
    public void Absent_WithAWaitOfTheUpstreams_WaitsThatLong() =>
        Given(Unclear).When(Found(new ProviderReply.Absent(TimeSpan.FromSeconds(60))), At(4))
            .Then(new JobEvent.AttemptAbsent(At(64))).Asks();

    [Fact]
    public void Absent_Once_WaitsForASubmitStillOnItsWay() =>
        Given(Unclear).When(Found(Absent), At(4)).Then(new JobEvent.AttemptAbsent(At(6))).Asks();

    /// <summary>
    /// The attempt must pass the gate again; otherwise each job would send to a failing provider all its retries at
    /// once.
    /// </summary>
    [Fact]
    public void Absent_Twice_SendsTheSameAttemptThroughTheGate()
    {
        var scenario = Given(AbsentOnce).When(Found(Absent), At(6)).Then(Parked);
        scenario.Asks(new JobEffect.LeaveGate());
        scenario = scenario.When(Tick, At(7)).Then(new JobEvent.Asked());
        scenario.Asks(new JobEffect.EnterGate());

        scenario = scenario.When(new JobCommand.GateEntered(), At(60)).Then(new JobEvent.AttemptResent());

        scenario.Asks(new JobEffect.Submit(new Attempt(1, "job-1", At(1), Sends: 2)));
        Assert.Null(JobMachine.Due(scenario.State));
    }

    [Fact]
    public void Cancel_OfAnAttemptThatNeverArrived_EndsAtOnce() =>
        Given(After(AbsentOnce, Parked)).When(new JobCommand.Cancel(), At(7)).Then(new JobEvent.Canceled(At(7)));

    /// <summary>Absences are counted anew after a second send, which may be in transit just as the first was.</summary>
    [Fact]
    public void Absent_AfterASecondSend_IsCountedAnew()
    {
        var again = After(AbsentOnce, Parked, new JobEvent.AttemptResent(), new JobEvent.AttemptUnclear(At(8)));

        Given(again).When(Found(Absent), At(8)).Then(new JobEvent.AttemptAbsent(At(10))).Asks();
    }

    [Fact]
    public void Absent_AfterEverySend_CountsAsAnOutage()
    {
        var state = AbsentOnce;
        for (var sends = 1; sends < RetryPolicy.SendsMax; sends++)
            state = After(state, Parked, new JobEvent.AttemptResent(), new JobEvent.AttemptAbsent(At(8)));

        var failed = Given(state).When(Found(Absent), At(8)).Asks(new JobEffect.LeaveGate()).State.FailedAttempts;

        Assert.Equal(FaultKind.Outage, Assert.Single(failed).Kind);
    }

    [Fact]
    public void Absent_AfterTheDeadline_IsNotSentAgain()
    {
        var scenario = Given(AbsentOnce).When(Found(Absent), At(Deadline))
            .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());

        Assert.Equal(ErrorCode.Timeout, scenario.State.Error?.Code);
    }

    [Fact]
    public void CannotTell_Once_RisksOneMoreAttempt()
    {
        var scenario = Given(Unclear).When(Found(CannotTell), At(4)).Asks(new JobEffect.LeaveGate());

        Assert.Equal(FaultKind.OutcomeUnknown, Assert.Single(scenario.State.FailedAttempts).Kind);
        Assert.Equal(JobStatus.Accepted, scenario.State.Status);
    }

    [Fact]
    public void CannotTell_Twice_FailsAndReleases()
    {
        var second = After(
            Unclear, FailedAt4(FaultKind.OutcomeUnknown, wait: 1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(2, "job-2", At(6)), new JobEvent.AttemptUnclear(At(8)));

        var scenario = Given(second).When(Found(CannotTell, attempt: 2), At(8));

        Assert.Equal(JobStatus.Failed, scenario.State.Status);
        scenario.Asks(
            new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());
    }

    [Fact]
    public void Answer_WithoutMeaningHere_AsksAgainLater() =>
        Given(Submitting).When(Found(new ProviderReply.Delivered([[1]])), At(4))
            .Then(new JobEvent.AttemptUnclear(At(9))).Asks();

    [Fact]
    public void Answer_OnceTheUpstreamHasIt_ChangesNothing()
    {
        foreach (var state in new[] { Waiting, Storing, Succeeded, Failed })
        {
            Given(state).When(Found(Absent), At(9)).ChangesNothing();
            Given(state).When(Found(CannotTell), At(9)).ChangesNothing();
            Given(state).When(Found(Fault(FaultKind.TaskLost)), At(9)).ChangesNothing();
        }
    }
}
