using TryOn.Core.Accounts;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

/// <summary>Open reservations are the outbox of jobs, so none may be forgotten whatever else is lost.</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public void Due_WithoutReservations_IsNever()
    {
        Assert.Null(AccountMachine.Due(Rich));
        Assert.False(AccountMachine.Unfinished(Rich));
        Given(Rich).When(AccountMachine.Tick, At(1e6)).ChangesNothing();
    }

    [Fact]
    public void Due_AfterAReservation_IsHalfAMinuteLater()
    {
        Assert.Equal(At(30), AccountMachine.Due(Reserved("j1")));
        Assert.True(AccountMachine.Unfinished(Reserved("j1")));
    }

    [Fact]
    public void Tick_WhenDue_AsksTheJobsOfOldReservations()
    {
        var state = Given(Reserved("j1")).When(Reserve("j2"), At(12)).State;

        var scenario = Given(state).When(AccountMachine.Tick, At(30))
            .Then(new AccountEvent.Reconciled(At(30)))
            .Asks(new AccountEffect.ReconcileReservation(state.Reservations["j1"]));

        Assert.Equal(At(60), AccountMachine.Due(scenario.State));
        scenario.When(AccountMachine.Tick, At(60));
        Assert.Contains(
            new AccountEffect.ReconcileReservation(state.Reservations["j2"]), Effects(scenario.State, At(90)));
    }

    [Fact]
    public void Tick_EarlyOrDoubled_ChangesNothing()
    {
        Given(Reserved("j1")).When(AccountMachine.Tick, At(29.9)).ChangesNothing();
        Given(Reserved("j1")).When(AccountMachine.Tick, At(30)).When(AccountMachine.Tick, At(30)).ChangesNothing();
    }

    /// <summary>An account that is always busy must not postpone its oldest reservation for ever.</summary>
    [Fact]
    public void Due_OfABusyAccount_IsNotPushedBack()
    {
        var state = Given(Reserved("j1")).When(Reserve("j2"), At(20)).When(Capture("j2"), At(25)).State;

        Assert.Equal(At(30), AccountMachine.Due(state));
    }

    /// <summary>The time of the last reconciliation is out of date after the account was idle.</summary>
    [Fact]
    public void Due_AfterARest_CountsFromTheNewReservation()
    {
        var state = Given(Reserved("j1")).When(Capture("j1"), At(5)).When(Reserve("j2"), At(100)).State;

        Assert.Equal(At(130), AccountMachine.Due(state));
    }

    [Fact]
    public void Pending_OfOpenReservations_AsksEveryJobAtOnce() =>
        Assert.Equal(["j1", "j2"], AccountMachine.Pending(Reserved("j1", "j2"))
            .Cast<AccountEffect.ReconcileReservation>().Select(drive => drive.Reservation.JobId).Order());

    private static IEnumerable<AccountEffect> Effects(AccountState state, DateTimeOffset now) =>
        ((Decision<AccountEvent, AccountEffect>.Accepted)
            AccountMachine.Decide(state, AccountMachine.Tick, now)).Effects;
}
