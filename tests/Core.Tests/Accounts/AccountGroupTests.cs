using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Tests.Keys;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

/// <summary>
/// A request for several pictures reserves credits for all of them or none. The fixture allows three jobs at once.
/// </summary>
public sealed class AccountGroupTests
{
    [Fact]
    public void Group_WithRoomAndCredit_IsReservedWhole()
    {
        var state = Given(Rich).When(Several("a", 2, "b", "c"), At(1))
            .Replies(new ReservationReply("a", ReservationOutcome.Open, Repeated: false) { At = At(1) }).State;
        Assert.Equal((6, 994), (state.Reserved, state.Available));
        Assert.Equal(["a", "b", "c"], state.Reservations.Keys.Order());
        Assert.Equal(["reserve:a", "reserve:b", "reserve:c"], state.Tail.Skip(1).Select(entry => entry.OperationId));
    }

    [Fact]
    public void Group_WithoutRoomForAll_ReservesNothing()
    {
        var scenario = Given(Reserved("running")).When(Several("a", 1, "b", "c"), At(1));
        scenario.Refuses(ErrorCode.ConcurrencyLimited);
        Assert.Equal(["running"], scenario.State.Reservations.Keys);
    }

    [Fact]
    public void Group_WithoutCreditForAll_ReservesNothing()
    {
        var poor = Given(Opened).When(Grant(5), At(0)).State;
        var scenario = Given(poor).When(Several("a", 2, "b", "c"), At(1));
        scenario.Refuses(ErrorCode.OutOfCredits);
        Assert.Equal(5, scenario.State.Available);
        Given(poor).When(Several("a", long.MaxValue / 2, "b", "c"), At(1)).Refuses(ErrorCode.OutOfCredits);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, false)]
    public void Group_PastTheConcurrency_IsWorthWaitingForIfItFits(int count, bool wait)
    {
        var others = Enumerable.Range(1, count - 1).Select(n => $"x{n}").ToArray();
        var decision = AccountMachine.Decide(Reserved("p", "q"), Several("a", 1, others), At(1));
        var rejected = Assert.IsType<TryOn.Core.Machines.Decision<AccountEvent, AccountEffect>.Rejected>(decision);
        Assert.Equal(wait, rejected.Error.RetryAfter is not null);
    }

    [Fact]
    public void Group_SentAgain_IsARepeat() => Given(Given(Rich).When(Several("a", 1, "b"), At(1)).State)
        .When(Several("a", 1, "b"), At(2)).ChangesNothing();

    [Fact]
    public void Group_WithEndedJobs_IsSettledOneByOne()
    {
        var state = Given(Rich).When(Several("a", 1, "b", "c"), At(1)).When(Capture("a"), At(2))
            .When(Release("b"), At(3)).When(Capture("c"), At(4)).State;
        Assert.Equal((998, 0, 2), (state.Available, state.Reserved, state.Captured));
    }

    /// <summary>
    /// The end of the first job has left the tail, and the second job has not ended. A second reservation for it would
    /// never be resolved.
    /// </summary>
    [Fact]
    public void Group_WithOneStillOpen_ReservesForTheOthersOnly()
    {
        var state = Given(Rich).When(Several("a", 1, "b"), At(1)).When(Capture("a"), At(2)).State;
        var forgotten = state with { Tail = [] };
        var after = Given(forgotten).When(Several("a", 1, "b"), At(3)).State;
        Assert.Equal((2, 2), (after.Reserved, after.Reservations.Count));
    }

    [Fact]
    public void Group_RepeatedByItsBody_JoinsTheFirstRequest()
    {
        var first = new AccountCommand.Reserve("a", 1, "print", Body: "bytes", Others: ["b"]);
        var state = Given(Rich).When(first, At(1)).When(Capture("a"), At(2)).State;
        Given(state).When(first with { JobId = "z", Others = ["y"] }, At(3))
            .Replies(new ReservationReply("a", ReservationOutcome.Open, Repeated: true) { At = At(1) })
                .ChangesNothing();
    }

    [Fact]
    public void Group_ThatFillsAPage_AsksForItsArchive()
    {
        var almost = WithTail((2 * StatementRules.PageSize) - 1);
        var decision = AccountMachine.Decide(almost, Several("a", 1, "b"), At(1));
        var accepted = Assert.IsType<TryOn.Core.Machines.Decision<AccountEvent, AccountEffect>.Accepted>(decision);
        Assert.Single(accepted.Effects.OfType<AccountEffect.ArchivePages>());
    }

    [Fact]
    public void Group_PastItsKeysLimit_IsRefusedWhole()
    {
        var state = KeyFixture.With(KeyFixture.Key('k', limit: 2)).State;
        Given(state).When(KeyFixture.Buy('k', "a") with { Others = ["b", "c"] }, At(1)).Refuses(ErrorCode.OutOfCredits);
        Given(state).When(KeyFixture.Buy('k', "a") with { Others = ["b"] }, At(1))
            .Replies(new ReservationReply("a", ReservationOutcome.Open, Repeated: false) { At = At(1) });
    }

    private static AccountCommand.Reserve Several(string first, long amount, params string[] others) =>
        new(first, amount, "print", Others: [.. others]);
}
