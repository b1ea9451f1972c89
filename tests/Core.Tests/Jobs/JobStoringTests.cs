using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobStoringTests
{
    [Fact]
    public void Stored_WithAPicture_SucceedsAndCaptures() =>
        Given(Storing).When(new JobCommand.Stored(1, Outputs), At(9))
            .Then(new JobEvent.Succeeded(Outputs, At(9)))
            .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Captured, Spec.Credits),
                new JobEffect.DeleteInputs());

    [Fact]
    public void Stored_WithoutAPicture_IsNoSuccess()
    {
        foreach (var state in new[] { Submitting, Waiting, Storing })
        {
            var scenario = Given(state).When(new JobCommand.Stored(1, []), At(4)).Asks(new JobEffect.LeaveGate());

            Assert.Equal(FaultKind.NoPicture, Assert.Single(scenario.State.FailedAttempts).Kind);
        }
    }

    [Fact]
    public void StoreFailed_WhileStoring_IsRetriedSoon() =>
        Given(Storing).When(new JobCommand.StoreFailed(1), At(9)).Then(new JobEvent.Deferred(At(11))).Asks();

    [Fact]
    public void Ended_NotAPicture_StartsOverOnceThenFails()
    {
        var ended = ProviderReply.EndOf(FaultKind.NoPicture, "not-a-picture");
        var first = Given(Storing).When(Replied(ended), At(9)).Asks(new JobEffect.LeaveGate()).State;
        var second = After(
            first, new JobEvent.Asked(), new JobEvent.AttemptStarted(2, "job-2", At(12)),
            new JobEvent.PicturesReady(Addresses));

        var scenario = Given(second).When(Replied(ended, attempt: 2), At(15));

        Assert.Equal(ErrorCode.NoImageGenerated, scenario.State.Error?.Code);
    }

    [Fact]
    public void Answer_OfAnOlderPoll_ChangesNothing()
    {
        Given(Storing).When(Replied(StillAt(3)), At(9)).ChangesNothing();
        Given(Storing).When(Replied(new ProviderReply.Ready(Addresses)), At(9)).ChangesNothing();
        Given(Storing).When(Replied(Fault(FaultKind.TaskLost)), At(9)).ChangesNothing();
    }
}
