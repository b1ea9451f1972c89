using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

/// <summary>What a host that takes a job up does, by the state that was committed last.</summary>
public sealed class JobRecoveryTests
{
    private static readonly JobEffect Hold = new JobEffect.HoldGate();

    private static readonly JobState PutOff = After(Submitting, FailedAt4(FaultKind.Outage, wait: 2));

    [Fact]
    public void Pending_WhileSomethingIsUnderWay_DoesItAgain()
    {
        Pends(Accepted, new JobEffect.EnterGate());
        Pends(Submitting, Hold, new JobEffect.Find(Submitting.Attempt!));
        Pends(After(Waiting, new JobEvent.Asked()), Hold, new JobEffect.Poll(Waiting.Attempt!));
        Pends(Storing, Hold, new JobEffect.Store(Storing.Attempt!, Addresses));
    }

    /// <summary>A recovered job asks before it pays: its submit may have arrived.</summary>
    [Fact]
    public void Pending_AfterAResend_AsksBeforeItSubmits()
    {
        var resent = After(Unclear, new JobEvent.AttemptAbsent(At(6)), new JobEvent.AttemptParked(At(7)), new JobEvent.AttemptResent());

        Pends(resent, Hold, new JobEffect.Find(resent.Attempt!));
    }

    /// <summary>
    /// Doing it at once as well would do it twice, and two look-ups in a row would take a submit that is still on its
    /// way for one that never arrived.
    /// </summary>
    [Fact]
    public void Pending_WhilePutOff_LeavesItToTheTick()
    {
        Pends(Unclear, Hold);
        Pends(After(Unclear, new JobEvent.AttemptAbsent(At(6))), Hold);
        Pends(Waiting, Hold);
        Pends(PutOff, new JobEffect.LeaveGate());
    }

    /// <summary>The write that ended it may have held though its effects never began, and the gate may still count it.</summary>
    [Fact]
    public void Pending_OfAnEndedJob_RepeatsAllOfItsEnd()
    {
        Pends(Succeeded, new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Captured, Spec.Credits), new JobEffect.DeleteInputs());
        Pends(Failed, new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released), new JobEffect.DeleteInputs());
    }

    /// <summary>Two settlements at once, and the later may capture what a late repeat of the request has reserved.</summary>
    [Fact]
    public void Pending_OfAnEndPutOff_LeavesThatPartToTheTick() =>
        Pends(Succeeded with { NextAt = At(9) }, new JobEffect.LeaveGate(), new JobEffect.DeleteInputs());

    [Fact]
    public void Pending_OfWhatIsOver_IsEmpty()
    {
        var settled = After(Succeeded, new JobEvent.Settled(Settlement.Captured));

        foreach (var state in new[] { new JobState(), settled, NeverStarted })
        {
            Assert.Empty(JobMachine.Pending(state));
            Assert.Null(JobMachine.Due(state));
            Assert.False(JobMachine.Unfinished(state));
        }
    }

    [Fact]
    public void Unfinished_UntilItIsSettled()
    {
        foreach (var state in new[] { Accepted, PutOff, Submitting, Unclear, Waiting, Storing, Succeeded, Failed })
            Assert.True(JobMachine.Unfinished(state));
    }

    [Fact]
    public void Durable_IsAllButPuttingOffAndAsking()
    {
        Assert.False(JobMachine.Durable(new JobEvent.Asked()));
        Assert.False(JobMachine.Durable(new JobEvent.Deferred(At(1))));
        foreach (var @event in new JobEvent[]
                 {
                     new JobEvent.AttemptStarted(1, "job-1", At(1)), new JobEvent.AttemptUnclear(At(1)),
                     new JobEvent.AttemptAbsent(At(1)), new JobEvent.AttemptResent(), new JobEvent.PicturesReady(Addresses),
                     new JobEvent.Succeeded(Outputs, At(1)), new JobEvent.Settled(Settlement.Captured),
                 })
            Assert.True(JobMachine.Durable(@event));
    }

    /// <summary>A crash takes back what was not durable; a version that counted it would name two different views.</summary>
    [Fact]
    public void Version_CountsOnlyWhatSurvivesACrash()
    {
        Assert.Equal(Waiting.Version, After(Waiting, new JobEvent.Asked(), new JobEvent.Deferred(At(9))).Version);
        Assert.True(Storing.Version > Waiting.Version);
    }

    private static void Pends(JobState state, params JobEffect[] effects) =>
        Assert.Equal<JobEffect>(effects, JobMachine.Pending(state));
}
