using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

/// <summary>What a host does when it resumes a job, by the last committed state.</summary>
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

    /// <summary>A resumed job looks up its submit before it sends another, since the submit may have arrived.</summary>
    [Fact]
    public void Pending_AfterAResend_AsksBeforeItSubmits()
    {
        var resent = After(
            Unclear, new JobEvent.AttemptAbsent(At(6)), new JobEvent.AttemptParked(At(7)),
            new JobEvent.AttemptResent());

        Pends(resent, Hold, new JobEffect.Find(resent.Attempt!));
    }

    /// <summary>
    /// Doing it at once as well would do it twice, and two lookups in a row would mistake a submit in transit for one
    /// that never arrived.
    /// </summary>
    [Fact]
    public void Pending_WhilePutOff_LeavesItToTheTick()
    {
        Pends(Unclear, Hold);
        Pends(After(Unclear, new JobEvent.AttemptAbsent(At(6))), Hold);
        Pends(Waiting, Hold);
        Pends(PutOff, new JobEffect.LeaveGate());
    }

    /// <summary>
    /// The write of the end may have been committed without its effects, and the gate may still count the job.
    /// </summary>
    [Fact]
    public void Pending_OfAnEndedJob_RepeatsAllOfItsEnd()
    {
        Pends(Succeeded, new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Captured, Spec.Credits),
            new JobEffect.DeleteInputs());
        Pends(Failed, new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released),
            new JobEffect.DeleteInputs());
    }

    /// <summary>Of two concurrent settlements the later might capture the reservation of a late repeat.</summary>
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
    public void Unfinished_OfAJob_IsTrueUntilItIsSettled()
    {
        foreach (var state in new[] { Accepted, PutOff, Submitting, Unclear, Waiting, Storing, Succeeded, Failed })
            Assert.True(JobMachine.Unfinished(state));
    }

    [Fact]
    public void Durable_OfAnEvent_IsFalseForPostponingAndAsking()
    {
        Assert.False(JobMachine.Durable(new JobEvent.Asked()));
        Assert.False(JobMachine.Durable(new JobEvent.Deferred(At(1))));
        foreach (var @event in new JobEvent[]
                 {
                     new JobEvent.AttemptStarted(1, "job-1", At(1)), new JobEvent.AttemptUnclear(At(1)),
                     new JobEvent.AttemptAbsent(At(1)), new JobEvent.AttemptResent(),
                     new JobEvent.PicturesReady(Addresses), new JobEvent.Succeeded(Outputs, At(1)),
                     new JobEvent.Settled(Settlement.Captured),
                 })
            Assert.True(JobMachine.Durable(@event));
    }

    /// <summary>
    /// A crash discards what was not durable. A version that counted it would name two different views.
    /// </summary>
    [Fact]
    public void Version_OfAJob_CountsOnlyDurableEvents()
    {
        Assert.Equal(Waiting.Version, After(Waiting, new JobEvent.Asked(), new JobEvent.Deferred(At(9))).Version);
        Assert.True(Storing.Version > Waiting.Version);
    }

    private static void Pends(JobState state, params JobEffect[] effects) =>
        Assert.Equal<JobEffect>(effects, JobMachine.Pending(state));
}
