using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobCostTests
{
    private static readonly ProviderCost One = new(1, "units");

    [Fact]
    public void Ready_WithACost_IsCountedOnce()
    {
        var ready = new ProviderReply.Ready(Addresses) { Cost = One };
        var storing = Given(Waiting).When(Replied(ready), At(5)).State;
        var again = Given(storing).When(Replied(ready), At(6)).State;
        var stored = Given(again).When(new JobCommand.Stored(1, Outputs), At(9)).State;

        Assert.Equal(One, Assert.Single(JobMachine.View(stored).Costs));
    }

    [Fact]
    public void Stored_OfADeliveredPicture_CarriesItsCost()
    {
        var stored = Given(Submitting).When(new JobCommand.Stored(1, Outputs, One), At(4)).State;

        Assert.Equal(One, Assert.Single(stored.Costs));
    }

    [Fact]
    public void FailedAttempt_ThatWasBilled_AddsToTheNext()
    {
        var empty = new ProviderReply.Faulted(new ProviderFault(FaultKind.NoPicture, "code")) { Cost = One };
        var failed = Given(Submitting).When(Replied(empty), At(4)).State;
        var second = After(failed, new JobEvent.Asked(), new JobEvent.AttemptStarted(2, "job-2", At(6)));
        var ended = Given(second)
            .When(Replied(empty with { Cost = One with { Amount = 0.5m } }, attempt: 2), At(8)).State;

        Assert.Equal(JobStatus.Failed, ended.Status);
        Assert.Equal(1.5m, Assert.Single(ended.Costs).Amount);
    }

    [Fact]
    public void Attempt_WithUnknownOutcome_CostsNothingYet()
    {
        var lost = new ProviderReply.Faulted(new ProviderFault(FaultKind.OutcomeUnknown, "code")) { Cost = One };

        Assert.Empty(Given(Submitting).When(Replied(lost), At(4)).State.Costs);
    }

    [Fact]
    public void Costs_OfTwoUnits_AreNotAddedUp()
    {
        var costs = ProviderCost.Add(ProviderCost.Add(ProviderCost.Add([], One), new ProviderCost(7, "tokens")), One);

        Assert.Equal([One with { Amount = 2 }, new ProviderCost(7, "tokens")], costs.AsEnumerable());
    }
}
