using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobTickTests
{
    private static readonly JobState PutOff = After(Submitting, FailedAt4(FaultKind.Outage, wait: 2));
    private static readonly JobState StoreLater = After(Storing, new JobEvent.Deferred(At(11)));
    private static readonly JobState StillOut = After(Submitting, new JobEvent.Deferred(At(41)));
    private static readonly JobState SettleLater = After(Succeeded, new JobEvent.Deferred(At(10)));

    [Fact]
    public void Tick_WhenDue_AsksForTheNextThing()
    {
        Moves(PutOff, At(6), new JobEffect.EnterGate());
        Moves(Unclear, At(3), new JobEffect.Find(Unclear.Attempt!));
        Moves(Waiting, At(5), new JobEffect.Poll(Waiting.Attempt!));
        Moves(StoreLater, At(11), new JobEffect.Store(Storing.Attempt!, Addresses));
        Moves(SettleLater, At(10), new JobEffect.Settle(Settlement.Captured, Spec.Credits));
    }

    [Fact]
    public void Tick_EarlyOrDoubled_ChangesNothing()
    {
        foreach (var state in new[] { PutOff, StillOut, Unclear, Waiting, StoreLater, SettleLater })
        {
            var due = JobMachine.Due(state)!.Value;
            Given(state).When(Tick, due.AddTicks(-1)).ChangesNothing();
            Given(state).When(Tick, due).When(Tick, due).ChangesNothing();
        }
    }

    [Fact]
    public void Tick_AtTheDeadline_FailsAndReleases()
    {
        foreach (var state in new[] { Accepted, PutOff, Unclear, Waiting, Storing, StoreLater })
        {
            var scenario = Given(state).When(Tick, At(Deadline))
                .Asks(new JobEffect.LeaveGate(), new JobEffect.Settle(Settlement.Released),
                    new JobEffect.DeleteInputs());

            Assert.Equal(ErrorCode.Timeout, scenario.State.Error?.Code);
            Assert.Equal(At(Deadline), scenario.State.EndedAt);
            Assert.Null(JobMachine.Due(scenario.State));
        }
    }

    /// <summary>
    /// A release while the paid call is in flight would give the picture away, or pay for one that nobody receives.
    /// </summary>
    [Fact]
    public void Tick_WhileASubmitIsOut_NeverCutsItOff() =>
        Given(Submitting).When(Tick, At(10 * Deadline)).ChangesNothing();

    [Fact]
    public void Tick_OfWhatIsOver_ChangesNothing()
    {
        var settled = After(Succeeded, new JobEvent.Settled(Settlement.Captured));

        foreach (var state in new[] { new JobState(), settled, NeverStarted })
            Given(state).When(Tick, At(10 * Deadline)).ChangesNothing();
    }

    private static void Moves(JobState state, DateTimeOffset due, JobEffect effect)
    {
        Assert.Equal(due, JobMachine.Due(state));
        var after = Given(state).When(Tick, due).Then(new JobEvent.Asked()).Asks(effect).State;
        Assert.Equal(after.Ended ? null : At(Deadline), JobMachine.Due(after));
    }
}
