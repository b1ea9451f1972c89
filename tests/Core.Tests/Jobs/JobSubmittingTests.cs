using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobSubmittingTests
{
    [Fact]
    public void Waiting_ToASubmit_IsPolledWhenTheUpstreamSays() =>
        Given(Submitting).When(Replied(StillAt(20)), At(4)).Then(new JobEvent.AttemptAccepted("up-1", At(24))).Asks();

    [Fact]
    public void Ready_ToASubmit_IsStoredBeforeAnythingIsCharged() =>
        Given(Submitting).When(Replied(new ProviderReply.Ready(Addresses)), At(4))
            .Then(new JobEvent.PicturesReady(Addresses, At(4)))
            .Asks(new JobEffect.Store(Submitting.Attempt!, Addresses));

    [Fact]
    public void Stored_ToASubmit_SucceedsAndCaptures() =>
        Given(Submitting).When(new JobCommand.Stored(1, Outputs), At(4))
            .Then(new JobEvent.Succeeded(Outputs, At(4)))
            .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Captured, Spec.Credits),
                new JobEffect.DeleteInputs());

    [Fact]
    public void OutcomeUnknown_ToASubmit_AsksBeforeAnythingElse() =>
        Given(Submitting).When(Replied(Fault(FaultKind.OutcomeUnknown)), At(4))
            .Then(new JobEvent.AttemptUnclear(At(5))).Asks();

    [Theory]
    [InlineData(FaultKind.Throttled)]
    [InlineData(FaultKind.Outage)]
    [InlineData(FaultKind.TaskLost)]
    [InlineData(FaultKind.NoPicture)]
    public void Fault_WorthAnotherTry_LeavesTheGateAndWaits(FaultKind kind) =>
        Given(Submitting).When(Replied(Fault(kind, retryAfter: 7)), At(4))
            .Then(FailedAt4(kind, wait: 7)).Asks(new JobEffect.LeaveGate());

    [Theory]
    [InlineData(FaultKind.Caller, ErrorCode.ImageRejected)]
    [InlineData(FaultKind.Moderation, ErrorCode.ContentModerated)]
    [InlineData(FaultKind.Operator, ErrorCode.ProviderUnavailable)]
    public void Fault_BeyondRetry_FailsAndReleases(FaultKind kind, ErrorCode told)
    {
        var scenario = Given(Submitting).When(Replied(Fault(kind)), At(4))
            .Then(new JobEvent.Failed(
                RetryPolicy.ErrorFor(kind), new FailedAttempt(1, "job-1", kind, "code", At(4)), At(4)))
            .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());

        Assert.Equal(told, scenario.State.Error?.Code);
        Assert.Equal(0, JobMachine.View(scenario.State).Credits);
    }

    [Fact]
    public void Fault_WhoseRetryWouldBeTooLate_Fails()
    {
        var scenario = Given(Submitting).When(Replied(Fault(FaultKind.Throttled, retryAfter: Deadline)), At(4));

        Assert.Equal(JobStatus.Failed, scenario.State.Status);
    }

    public static TheoryData<ProviderReply> Senseless => new(
        new ProviderReply.Absent(), new ProviderReply.CannotTell(), new ProviderReply.Delivered([[1]]));

    /// <summary>The only call in flight has ended, so every answer must lead to a next step.</summary>
    [Theory]
    [MemberData(nameof(Senseless))]
    public void Answer_WithoutMeaningHere_IsAsLost(ProviderReply reply) =>
        Given(Submitting).When(Replied(reply), At(4)).Then(new JobEvent.AttemptUnclear(At(5))).Asks();

    [Fact]
    public void Answer_OfAnEarlierAttempt_ChangesNothing()
    {
        var second = After(
            Submitting, FailedAt4(FaultKind.Outage, wait: 1), new JobEvent.Asked(),
            new JobEvent.AttemptStarted(2, "job-2", At(6)));

        Given(second).When(Replied(StillAt(1)), At(7)).ChangesNothing();
        Given(second).When(Replied(Fault(FaultKind.Caller)), At(7)).ChangesNothing();
        Given(second).When(Found(new ProviderReply.Absent()), At(7)).ChangesNothing();
        Given(second).When(new JobCommand.Stored(1, Outputs), At(7)).ChangesNothing();
        Given(second).When(new JobCommand.StoreFailed(1), At(7)).ChangesNothing();
    }

    [Fact]
    public void StoreFailed_BeforeAPicture_ChangesNothing()
    {
        Given(Submitting).When(new JobCommand.StoreFailed(1), At(4)).ChangesNothing();
        Given(Waiting).When(new JobCommand.StoreFailed(1), At(4)).ChangesNothing();
    }
}
