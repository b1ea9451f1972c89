using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class SubmitsTests
{
    [Fact]
    public void Submits_OfOneCall_IsOne()
    {
        Assert.Equal(new Submits(0, 1), Submits.FromState(Accepted));
        Assert.Equal(new Submits(1, 1), Submits.FromState(Succeeded));
        Assert.Equal(0, Submits.FromState(Succeeded).Extra);
    }

    [Fact]
    public void Throttled_Attempts_CostNothing()
    {
        var state = Accepted;
        for (var number = 1; number <= 5; number++)
            state = Attempted(state, number, FaultKind.Throttled);

        Assert.Equal(new Submits(1, 1), Submits.FromState(Started(state, 6)));
    }

    [Theory]
    [InlineData(FaultKind.OutcomeUnknown, 1)]
    [InlineData(FaultKind.NoPicture, 1)]
    [InlineData(FaultKind.Outage, 2)]
    [InlineData(FaultKind.Caller, 0)]
    public void Attempts_PastTheirBudget_ExceedWhatIsAllowed(FaultKind kind, int budget)
    {
        var state = Accepted;
        for (var number = 1; number <= budget; number++)
            state = Attempted(state, number, kind);
        Assert.Equal(new Submits(budget + 1, budget + 1), Submits.FromState(Started(state, budget + 1)));

        var past = Started(Attempted(state, budget + 1, kind), budget + 2);
        Assert.Equal(new Submits(budget + 2, budget + 1), Submits.FromState(past));
    }

    [Fact]
    public void Sends_OfAFailedAttempt_AreRemembered()
    {
        var resent = After(Submitting, new JobEvent.AttemptResent(), new JobEvent.AttemptResent());
        var failed = Given(resent).When(Replied(Fault(FaultKind.Caller)), At(9)).State;

        Assert.Equal(new Submits(3, 3), Submits.FromState(resent));
        Assert.Equal(new Submits(3, 3), Submits.FromState(failed));
    }

    private static JobState Attempted(JobState state, int number, FaultKind kind) =>
        After(Started(state, number), new JobEvent.AttemptFailed(kind, "code", At(number), At(number)));

    private static JobState Started(JobState state, int number) =>
        After(state, new JobEvent.AttemptStarted(number, $"job-{number}", At(number)));
}
