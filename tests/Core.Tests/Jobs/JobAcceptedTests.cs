using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobAcceptedTests
{
    private static readonly JobCommand Start = new JobCommand.Start(Id, Spec);

    [Fact]
    public void Start_OfNothing_IsAcceptedAndQueued() =>
        Given(new JobState()).When(Start, At(0))
            .Then(new JobEvent.Accepted(Id, Spec, At(0)))
            .Asks(new JobEffect.EnterGate());

    [Fact]
    public void Start_Repeated_AnswersWithTheJobAsItStands()
    {
        foreach (var state in new[] { Accepted, Submitting, Waiting, Storing, Succeeded, Failed })
            Given(state).When(Start, At(10)).Replies(JobMachine.View(state)).ChangesNothing();
    }

    [Fact]
    public void Start_WithAnotherFingerprint_Conflicts() =>
        Given(Accepted).When(new JobCommand.Start(Id, Spec with { Fingerprint = "other" }), At(1))
            .Refuses(ErrorCode.IdempotencyConflict);

    [Fact]
    public void Start_ByAnotherAccount_Conflicts() =>
        Given(Accepted).When(new JobCommand.Start(Id, Spec with { AccountId = "other" }), At(1))
            .Refuses(ErrorCode.IdempotencyConflict);

    [Fact]
    public void Start_OfATombstone_NeverRuns() =>
        Given(NeverStarted).When(Start, At(31)).Refuses(ErrorCode.Unavailable);

    [Fact]
    public void GateEntered_WhileQueued_CommitsTheIntentThenSubmits() =>
        Given(Accepted).When(new JobCommand.GateEntered(), At(1))
            .Then(new JobEvent.AttemptStarted(1, "job-1", At(1)))
            .Asks(new JobEffect.Submit(new Attempt(1, "job-1", At(1))));

    [Fact]
    public void GateEntered_AfterAFailure_StartsANewAttempt()
    {
        var again = After(Submitting, FailedAt4(FaultKind.Outage, wait: 2), new JobEvent.Asked());

        Given(again).When(new JobCommand.GateEntered(), At(7))
            .Then(new JobEvent.AttemptStarted(2, "job-2", At(7)))
            .Asks(new JobEffect.Submit(new Attempt(2, "job-2", At(7))));
    }

    [Fact]
    public void GateEntered_WhileNotQueued_ChangesNothing()
    {
        var putOff = After(Submitting, FailedAt4(FaultKind.Outage, wait: 2));

        foreach (var state in new[] { new JobState(), putOff, Submitting, Waiting, Storing, Succeeded, Failed,
            NeverStarted })
            Given(state).When(new JobCommand.GateEntered(), At(5)).ChangesNothing();
    }

    /// <summary>
    /// After a long stop the gate and the overdue tick race. Neither order may pay for a job that is past its deadline.
    /// </summary>
    [Fact]
    public void GateEntered_AtTheDeadline_TimesOutUnpaid()
    {
        var scenario = Given(Accepted).When(new JobCommand.GateEntered(), At(Deadline))
            .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());

        Assert.Equal(ErrorCode.Timeout, scenario.State.Error?.Code);
    }
}
