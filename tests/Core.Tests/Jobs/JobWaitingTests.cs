using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobWaitingTests
{
    public static TheoryData<FaultKind> FailedPolls => new(Enum.GetValues<FaultKind>().Except([FaultKind.TaskLost]));

    [Fact]
    public void Waiting_ToAPoll_PollsAgainLater() =>
        Given(Waiting).When(Replied(StillAt(3)), At(5)).Then(new JobEvent.Deferred(At(8))).Asks();

    [Fact]
    public void Ready_ToAPoll_IsStoredBeforeAnythingIsCharged() =>
        Given(Waiting).When(Replied(new ProviderReply.Ready(Addresses)), At(5))
            .Then(new JobEvent.PicturesReady(Addresses, At(5)))
            .Asks(new JobEffect.Store(Waiting.Attempt!, Addresses));

    [Fact]
    public void Stored_WhileWaiting_Succeeds() =>
        Given(Waiting).When(new JobCommand.Stored(1, Outputs), At(5)).Then(new JobEvent.Succeeded(Outputs, At(5)));

    [Fact]
    public void Ended_WorthAnotherTry_StartsOver() =>
        Given(Waiting).When(Replied(ProviderReply.EndOf(FaultKind.NoPicture, "code")), At(4))
            .Then(FailedAt4(FaultKind.NoPicture, RetryPolicy.Backoff(Id, 0).TotalSeconds))
            .Asks(new JobEffect.LeaveGate());

    [Fact]
    public void Ended_BeyondRetry_FailsAndReleases()
    {
        var scenario = Given(Waiting).When(Replied(ProviderReply.EndOf(FaultKind.Caller, "code")), At(5))
            .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());

        Assert.Equal(ErrorCode.ImageRejected, scenario.State.Error?.Code);
    }

    /// <summary>The task is running and paid for. Only its own end or its loss may start another one.</summary>
    [Theory]
    [MemberData(nameof(FailedPolls))]
    public void Fault_OfAPoll_SaysNothingAboutTheTask(FaultKind kind)
    {
        Given(Waiting).When(Replied(Fault(kind)), At(5)).Then(new JobEvent.Deferred(At(10))).Asks();
        Given(Waiting).When(Replied(Fault(kind, retryAfter: 30)), At(5)).Then(new JobEvent.Deferred(At(35))).Asks();
        Given(Waiting).When(Replied(Fault(kind, retryAfter: 0)), At(5)).Then(new JobEvent.Deferred(At(10))).Asks();
        Given(Waiting).When(Replied(Fault(kind, retryAfter: 3600)), At(5)).Then(new JobEvent.Deferred(At(65))).Asks();
    }

    [Fact]
    public void TaskLost_ToAPoll_StartsOver() =>
        Given(Waiting).When(Replied(Fault(FaultKind.TaskLost)), At(4))
            .Then(FailedAt4(FaultKind.TaskLost, RetryPolicy.Backoff(Id, 0).TotalSeconds))
            .Asks(new JobEffect.LeaveGate());

    [Theory]
    [MemberData(nameof(JobSubmittingTests.Senseless), MemberType = typeof(JobSubmittingTests))]
    public void Answer_WithoutMeaningHere_PollsAgainLater(ProviderReply reply) =>
        Given(Waiting).When(Replied(reply), At(5)).Then(new JobEvent.Deferred(At(10))).Asks();
}
