using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobEndedTests
{
    private static readonly JobState Settled = After(Succeeded, new JobEvent.Settled(Settlement.Captured));

    [Theory]
    [InlineData(Settlement.Captured)]
    [InlineData(Settlement.Released)]
    public void AccountAnswered_WithASettlement_IsKept(Settlement settlement)
    {
        var scenario = Given(Succeeded).When(new JobCommand.AccountAnswered(settlement), At(10))
            .Then(new JobEvent.Settled(settlement)).Asks();

        Assert.False(JobMachine.Unfinished(scenario.State));
    }

    [Fact]
    public void Settlement_OfAnotherReservation_ReleasesIt()
    {
        var state = Succeeded with { Spec = Spec with { ReservedAt = At(1) } };
        Given(state).When(new JobCommand.GetSettlement(Id, At(2)), At(30))
            .Replies(new SettlementDue(Settlement.Released));
        Given(state).When(new JobCommand.GetSettlement(Id, At(1)), At(30))
            .Replies(new SettlementDue(Settlement.Captured, Spec.Credits));
    }

    /// <summary>
    /// The job ended at second 9. Each wait is as long as all waits before it, from one second to ten.
    /// </summary>
    [Theory]
    [InlineData(8, 9)]
    [InlineData(10, 11)]
    [InlineData(13, 17)]
    [InlineData(41, 51)]
    [InlineData(73, 83)]
    [InlineData(9000, 9010)]
    public void AccountAnswered_NotReached_AsksAgainLater(int at, int next) =>
        Given(Succeeded).When(new JobCommand.AccountAnswered(Settlement.None), At(at))
            .Then(new JobEvent.Deferred(At(next))).Asks();

    [Fact]
    public void AccountAnswered_OutOfTurn_ChangesNothing()
    {
        foreach (var state in new[] { new JobState(), Accepted, Submitting, Waiting, Storing, Settled, NeverStarted })
            Given(state).When(new JobCommand.AccountAnswered(Settlement.Released), At(10)).ChangesNothing();
    }

    [Fact]
    public void Job_OnceEnded_StaysEnded()
    {
        foreach (var state in new[] { Succeeded, Failed, Settled, NeverStarted })
        {
            Given(state).When(new JobCommand.Stored(1, Outputs), At(10)).ChangesNothing();
            Given(state).When(new JobCommand.StoreFailed(1), At(10)).ChangesNothing();
            Given(state).When(Replied(Fault(FaultKind.Moderation)), At(10)).ChangesNothing();
            Given(state).When(Replied(new ProviderReply.Ready(Addresses)), At(10)).ChangesNothing();
        }
    }

    [Fact]
    public void Job_OnceEnded_DropsWhatItNoLongerNeeds()
    {
        foreach (var state in new[] { Succeeded, Failed })
        {
            Assert.Null(state.Spec?.Prompt);
            Assert.Empty(state.Addresses);
        }
    }

    [Fact]
    public void Settlement_OfARunningJob_LeavesTheReservationOpen()
    {
        foreach (var state in new[] { Accepted, Submitting, Unclear, Waiting, Storing })
            GetSettlement(state, At(10 * Deadline)).Replies(new SettlementDue(Settlement.None)).ChangesNothing();
    }

    [Fact]
    public void Settlement_OfAnEndedJob_IsWhatIsOwed()
    {
        GetSettlement(Succeeded, At(30)).Replies(new SettlementDue(Settlement.Captured, Spec.Credits)).ChangesNothing();
        GetSettlement(Failed, At(30)).Replies(new SettlementDue(Settlement.Released)).ChangesNothing();
        GetSettlement(NeverStarted, At(30)).Replies(new SettlementDue(Settlement.Released)).ChangesNothing();
    }

    /// <summary>
    /// A settled job's own reservation is resolved. An open one was made by a late repeat of the request, after the
    /// first had left the account's tail, and capturing it would charge the picture twice.
    /// </summary>
    [Fact]
    public void Settlement_OfASettledJob_ReleasesASecondReservation() =>
        GetSettlement(Settled, At(90)).Replies(new SettlementDue(Settlement.Released)).ChangesNothing();

    [Fact]
    public void Settlement_OfNoJobYet_WaitsForTheStart() =>
        GetSettlement(new JobState(), At(20).AddTicks(-1)).Replies(new SettlementDue(Settlement.None)).ChangesNothing();

    [Fact]
    public void Settlement_OfNoJobForLong_FencesThenReleases()
    {
        var scenario = GetSettlement(new JobState(), At(20))
            .Replies(new SettlementDue(Settlement.Released)).Then(new JobEvent.NeverStarted(Id, At(20))).Asks();

        Assert.True(JobMachine.View(scenario.State).NeverStarted);
        Assert.False(JobMachine.Unfinished(scenario.State));
    }

    private static Machines.Scenario<JobMachine, JobState, JobCommand, JobEvent, JobEffect> GetSettlement(
        JobState state, DateTimeOffset now) => Given(state).When(new JobCommand.GetSettlement(Id, At(0)), now);
}
