using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobFallbackTests
{
    private static readonly JobSpec TwoRoutes = Spec with
    {
        Credits = 2,
        Fallbacks = [new Route("fal/flux-kontext", "fal", 1), new Route("openai/gpt-image-1", "openai", 5)],
    };

    private static readonly JobState First = After(
        new JobState(), new JobEvent.Accepted(Id, TwoRoutes, At(0)), new JobEvent.AttemptStarted(1, "job-1", At(1)));

    private static readonly JobState Second = After(
        First, FailedAt4(FaultKind.Operator, wait: 0.05), new JobEvent.FellBack(0), new JobEvent.Asked(),
        new JobEvent.AttemptStarted(2, "job-2", At(5)));

    [Theory]
    [InlineData(FaultKind.Operator)]
    public void Fault_BeyondRetry_FallsBackToTheNextRoute(FaultKind kind)
    {
        var scenario = Given(First).When(Replied(Fault(kind)), At(4))
            .Then(
                new JobEvent.AttemptFailed(kind, "code", At(4), At(4) + FallbackPolicy.Delay), new JobEvent.FellBack(0))
            .Asks(new JobEffect.LeaveGate());

        scenario.When(Tick, At(5)).Asks(new JobEffect.EnterGate(0));
        scenario.When(new JobCommand.GateEntered(), At(5))
            .Asks(new JobEffect.Submit(new Attempt(2, "job-2", At(5), Fallback: 0)));
        Assert.Equal("fal/flux-kontext", JobMachine.View(scenario.State).Model);
    }

    [Theory]
    [InlineData(FaultKind.Outage, RetryPolicy.OutageRetriesMax)]
    [InlineData(FaultKind.TaskFailed, RetryPolicy.TaskFailureRetriesMax)]
    [InlineData(FaultKind.Throttled, FallbackPolicy.ThrottlesMax)]
    public void Fault_WithinItsRetries_StaysOnItsRoute(FaultKind kind, int retries)
    {
        var state = First;
        for (var attempt = 1; attempt <= retries; attempt++)
        {
            state = Given(state).When(Replied(Fault(kind), attempt), At(4)).State;
            Assert.Null(state.Fallback);
            state = After(
                state, new JobEvent.Asked(), new JobEvent.AttemptStarted(attempt + 1, $"job-{attempt + 1}", At(4)));
        }

        Assert.Equal(0, Given(state).When(Replied(Fault(kind), retries + 1), At(4)).State.Fallback);
    }

    [Theory]
    [InlineData(FaultKind.Caller, ErrorCode.ImageRejected)]
    [InlineData(FaultKind.Moderation, ErrorCode.ContentModerated)]
    public void Fault_OfTheRequest_HasNoFallback(FaultKind kind, ErrorCode told) =>
        Assert.Equal(told, Given(First).When(Replied(Fault(kind)), At(4)).State.Error?.Code);

    [Fact]
    public void Moderation_WhereConfigured_FallsBack()
    {
        var state = First with { Spec = TwoRoutes with { FallBackWhenRefused = true } };

        Assert.Equal(0, Given(state).When(Replied(Fault(FaultKind.Moderation)), At(4)).State.Fallback);
    }

    [Fact]
    public void LostAnswers_OnceRisked_DoNotFallBack()
    {
        var state = After(
            First, FailedAt4(FaultKind.OutcomeUnknown, wait: 1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(2, "job-2", At(5)), new JobEvent.AttemptUnclear(At(6)), new JobEvent.Asked());

        var scenario = Given(state).When(Found(new ProviderReply.CannotTell(), attempt: 2), At(7));

        Assert.Equal(JobStatus.Failed, scenario.State.Status);
    }

    [Fact]
    public void LostAnswer_AfterOneOnAnotherRoute_IsNotRiskedAgain()
    {
        var lostOnFirst = After(
            First, FailedAt4(FaultKind.OutcomeUnknown, wait: 1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(2, "job-2", At(5)), FailedAt4(FaultKind.Operator, wait: 1),
            new JobEvent.FellBack(0), new JobEvent.Asked(), new JobEvent.AttemptStarted(3, "job-3", At(6)),
            new JobEvent.AttemptUnclear(At(7)), new JobEvent.Asked());

        var scenario = Given(lostOnFirst).When(Found(new ProviderReply.CannotTell(), attempt: 3), At(8));

        Assert.Equal(JobStatus.Failed, scenario.State.Status);
    }

    [Fact]
    public void Stored_OnAFallback_CostsWhatThatModelCosts()
    {
        var scenario = Given(Second).When(new JobCommand.Stored(2, Outputs), At(9))
            .Asks(new JobEffect.LeaveGate(0), new JobEffect.Settle(Settlement.Captured, 1, "fal/flux-kontext"),
                new JobEffect.DeleteInputs());

        Assert.Equal(5, TwoRoutes.Reserve);
        Assert.Equal(1, JobMachine.View(scenario.State).Credits);
        scenario.When(new JobCommand.GetSettlement(Id, At(0)), At(9))
            .Replies(new SettlementDue(Settlement.Captured, 1, "fal/flux-kontext"));
    }

    [Fact]
    public void Stored_OnTheDearest_CapturesAllThatWasReserved()
    {
        var third = After(
            Second, FailedAt4(FaultKind.Operator, wait: 1), new JobEvent.FellBack(1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(3, "job-3", At(6)));

        Given(third).When(new JobCommand.Stored(3, Outputs), At(9)).Asks(
            new JobEffect.LeaveGate(1), new JobEffect.Settle(Settlement.Captured, 5, "openai/gpt-image-1"),
            new JobEffect.DeleteInputs());
    }

    [Fact]
    public void LastRoute_ThatFails_FailsTheJob()
    {
        var last = After(
            Second, FailedAt4(FaultKind.Operator, wait: 1), new JobEvent.FellBack(1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(3, "job-3", At(6)));

        var ended = Given(last).When(Replied(Fault(FaultKind.Operator), attempt: 3), At(7)).State;

        Assert.Equal(ErrorCode.ProviderUnavailable, ended.Error?.Code);
        Assert.Equal((Spec.Model, 0), (JobMachine.View(ended).Model, JobMachine.View(ended).Credits));
        Assert.Equal([null, 0, 1], ended.FailedAttempts.Select(attempt => attempt.Fallback));
    }

    [Fact]
    public void Failure_OfTheLastRoute_NamesThoseBeforeIt()
    {
        var third = After(
            Second, FailedAt4(FaultKind.Throttled, wait: 1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(3, "job-3", At(6)), FailedAt4(FaultKind.TaskFailed, wait: 1),
            new JobEvent.FellBack(1), new JobEvent.Asked(), new JobEvent.AttemptStarted(4, "job-4", At(7)));

        var ended = Given(third).When(Replied(Fault(FaultKind.Moderation), attempt: 4), At(8)).State;

        var told = JobMachine.View(ended).Error!.Failure!;
        Assert.Equal(("openai", ErrorCode.ContentModerated), (told.Provider, told.Code));
        Assert.Equal(
            [(Spec.Provider, ErrorCode.ProviderUnavailable), ("fal", ErrorCode.ProviderFailed)],
            told.Earlier().Select(failure => (failure.Provider, failure.Code)));
        Assert.Equal(JobMachine.View(ended), JobMachine.View(ended));
    }

    [Fact]
    public void TimeOut_BetweenTwoRoutes_NamesTheOneThatWasAsked()
    {
        var between = After(First, FailedAt4(FaultKind.Operator, wait: 1), new JobEvent.FellBack(0));
        var late = Given(between).When(Tick, Spec.DeadlineAt).State;
        Assert.Equal(
            new ProviderFailure(Spec.Provider, ErrorCode.Timeout), JobMachine.View(late).Error!.Failure);
    }

    [Fact]
    public void TimeOut_WhileQueued_NamesNoProvider()
    {
        var waiting = After(new JobState(), new JobEvent.Accepted(Id, TwoRoutes, At(0)));
        var late = Given(waiting).When(Tick, Spec.DeadlineAt).State;
        Assert.Equal(
            (ErrorCode.Timeout, null), (JobMachine.View(late).Error!.Code, JobMachine.View(late).Error!.Failure));
    }

    [Fact]
    public void Crash_AfterFallingBack_LeavesEveryEarlierGate() => Assert.Equal(
        new JobEffect[] { new JobEffect.LeaveGate(), new JobEffect.LeaveGate(0) },
        JobMachine.Pending(After(First, FailedAt4(FaultKind.Operator, wait: 1), new JobEvent.FellBack(0))).ToArray());
}
