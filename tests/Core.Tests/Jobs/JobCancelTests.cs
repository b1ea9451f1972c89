using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobCancelTests
{
    private static readonly JobCommand Cancel = new JobCommand.Cancel();
    private static readonly JobEvent CanceledAt6 = new JobEvent.Canceled(At(6));
    private static readonly JobState Stopping = After(Waiting, new JobEvent.CancelRequested(At(6)));

    private static readonly JobWebhook Webhook = new("https://shop.example/", "https://here.example");

    [Fact]
    public void Cancel_BeforeTheSubmit_EndsAndReleases() =>
        Given(Accepted).When(Cancel, At(6)).Then(CanceledAt6).Asks(
            new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());

    [Fact]
    public void Cancel_BetweenTwoAttempts_EndsAndReleases()
    {
        var state = After(Waiting, FailedAt4(FaultKind.Outage, 5));
        Assert.Equal(JobStatus.Canceled, Given(state).When(Cancel, At(6)).Then(CanceledAt6).State.Status);
    }

    [Fact]
    public void Cancel_WhileTheUpstreamIsAtIt_AsksItToStop() =>
        Given(Waiting).When(Cancel, At(6)).Then(new JobEvent.CancelRequested(At(6)))
            .Asks(new JobEffect.CancelUpstream(Waiting.Attempt!));

    [Fact]
    public void Cancel_DuringTheSubmit_AsksOnceTheUpstreamHasIt()
    {
        var scenario = Given(Submitting).When(Cancel, At(2)).Then(new JobEvent.CancelRequested(At(2))).Asks();
        scenario.When(Replied(StillAt(5)), At(3)).Asks(new JobEffect.CancelUpstream(scenario.State.Attempt!));
    }

    [Fact]
    public void Cancel_Twice_ChangesNothingMore() => Given(Stopping).When(Cancel, At(7)).ChangesNothing();

    [Fact]
    public void Cancel_OfWhatIsOver_ChangesNothing()
    {
        foreach (var state in new[] { Succeeded, Failed, NeverStarted })
            Given(state).When(Cancel, At(20)).ChangesNothing();
        Given(new JobState()).When(Cancel, At(20)).Refuses(ErrorCode.NotFound);
    }

    [Fact]
    public void CancelAnswered_Stopped_EndsWithoutCharge() =>
        Given(Stopping).When(new JobCommand.CancelAnswered(1, Stopped: true), At(6)).Then(CanceledAt6);

    [Fact]
    public void CancelAnswered_NotStopped_WaitsForThePicture()
    {
        var scenario = Given(Stopping).When(new JobCommand.CancelAnswered(1, Stopped: false), At(7));
        scenario.ChangesNothing();
        scenario.When(new JobCommand.Stored(1, Outputs), At(9));
        Assert.Equal(JobStatus.Succeeded, scenario.State.Status);
    }

    [Fact]
    public void CancelAnswered_OnceThePictureIsThere_ChangesNothing() =>
        Given(After(Stopping, new JobEvent.PicturesReady(Addresses)))
            .When(new JobCommand.CancelAnswered(1, Stopped: true), At(7)).ChangesNothing();

    [Fact]
    public void Attempt_ThatFailsOnceCanceled_IsTheLast() =>
        Given(Stopping).When(Replied(ProviderReply.EndOf(FaultKind.Outage, "code")), At(6)).Then(CanceledAt6);

    [Fact]
    public void Tick_PastCancelAfter_Cancels()
    {
        var spec = Spec with { CancelAt = At(6) };
        var (queued, waiting) = (
            Accepted with { Spec = spec, NextAt = At(30) }, Waiting with { Spec = spec, NextAt = At(30) });
        Assert.Equal(At(6), JobMachine.Due(queued));
        Given(queued).When(Tick, At(6)).Then(CanceledAt6);
        var stopping = Given(waiting).When(Tick, At(6)).Then(new JobEvent.CancelRequested(At(6))).State;
        Assert.Equal(At(30), JobMachine.Due(stopping));
    }

    [Fact]
    public void Stopping_ResumedAfterACrash_AsksTheUpstreamAgain() =>
        Assert.Contains(new JobEffect.CancelUpstream(Waiting.Attempt!), JobMachine.Pending(Stopping));

    [Fact]
    public void End_WithAWebhook_IsFinishedOnceItsDeliveryIsStored()
    {
        var ended = Succeeded with { Spec = Succeeded.Spec! with { Webhook = Webhook } };
        Assert.Contains(new JobEffect.Notice(Webhook), JobMachine.Pending(ended));
        var settled = After(ended, new JobEvent.Settled(Settlement.Captured));
        Assert.True(JobMachine.Unfinished(settled));
        Assert.Equal(new JobEffect.Notice(Webhook), Assert.Single(JobMachine.Pending(settled)));
        var again = Given(settled).When(new JobCommand.Noticed(Held: false), At(10))
            .Then(new JobEvent.NoticeDeferred(At(12))).State;
        Assert.Equal(At(12), JobMachine.Due(again));
        Assert.False(JobMachine.Unfinished(Given(settled).When(new JobCommand.Noticed(Held: true), At(10)).State));
    }

    [Fact]
    public void Tick_ForTheNotice_LeavesASettlementUnderWayAlone()
    {
        var ended = Succeeded with { Spec = Succeeded.Spec! with { Webhook = Webhook } };
        Given(After(ended, new JobEvent.NoticeDeferred(At(12)))).When(Tick, At(12)).Asks(new JobEffect.Notice(Webhook));
        Given(After(ended, new JobEvent.Deferred(At(12)))).When(Tick, At(12))
            .Asks(new JobEffect.Settle(Settlement.Captured, Spec.Credits));
    }
}
