using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class AccountMachineTests
{
    private static readonly AccountKey Key = new("hash", "tryon_live_…Abcd", "first", At(0));

    [Fact]
    public void Open_Once_IsOpened()
    {
        var scenario = Given(new AccountState()).When(Open, At(0))
            .Then(new AccountEvent.Opened("a1", "Ann", AccountMode.Live, Allowed, At(0))).Asks();

        Assert.Equal(AccountMachine.View(scenario.State), scenario.Reply);
    }

    [Fact]
    public void Open_Repeated_KeepsTheBalance() =>
        Given(Rich).When(Open, At(9)).Replies(AccountMachine.View(Rich)).ChangesNothing();

    [Fact]
    public void Open_WithoutModeOrLimits_IsInvalid()
    {
        foreach (var (mode, limits) in new[]
                 {
                     (AccountMode.None, Allowed), (AccountMode.Live, Allowed with { Concurrency = 0 }),
                     (AccountMode.Test, Allowed with { RequestsPerMinute = 0 }),
                     (AccountMode.Test, Allowed with { StatusRequestsPerMinute = -1 }),
                 })
            Given(new AccountState()).When(new AccountCommand.Open("a1", "Ann", mode, limits), At(0))
                .Refuses(ErrorCode.InvalidRequest);
    }

    [Fact]
    public void AnyCommand_BeforeOpen_FindsNoAccount()
    {
        foreach (var command in new[]
                 {
                     Grant(1), Reserve("j1"), Capture("j1"), Release("j1"), new AccountCommand.AddKey(Key),
                     new AccountCommand.ArchiveStored(0), AccountMachine.Tick,
                 })
            Given(new AccountState()).When(command, At(0)).Refuses(ErrorCode.NotFound);
    }

    [Fact]
    public void AddKey_Repeated_AnswersWithTheFirst()
    {
        var added = Given(Opened).When(new AccountCommand.AddKey(Key), At(0))
            .Then(new AccountEvent.KeyAdded(Key)).State;

        Given(added).When(new AccountCommand.AddKey(Key with { Name = "again" }), At(1)).Replies(Key).ChangesNothing();
    }

    [Fact]
    public void Concurrency_Refusal_SaysWhenToComeBack()
    {
        var refusal = Assert.IsType<Decision<AccountEvent, AccountEffect>.Rejected>(
            AccountMachine.Decide(Reserved("j1", "j2", "j3"), Reserve("j4"), At(1)));

        Assert.True(refusal.Error.RetryAfter > TimeSpan.Zero);
    }

    /// <summary>
    /// A job takes Unknown to mean that it was captured long ago. An overtaken activation that answered so without a
    /// write would leave the reservation open and the picture unpaid.
    /// </summary>
    [Fact]
    public void Unknown_AsAnAnswer_IsCommittedWithoutAChange()
    {
        Given(Rich).When(Capture("j1"), At(1)).Then(new AccountEvent.NothingResolved("j1"))
            .Replies(new ReservationReply("j1", ReservationOutcome.Unknown, Repeated: true));
    }

    /// <summary>
    /// The capture was committed and its answer lost, and the job's entries have left the tail. Then a late repeat of
    /// the request opened another reservation before the job asked again.
    /// </summary>
    [Fact]
    public void Capture_OfAnotherReservationOfTheJob_TakesNothing()
    {
        var again = Given(Rich).When(Reserve("j1"), At(1)).When(Capture("j1"), At(2)).State;
        again = AccountMachine.Evolve(again, new AccountEvent.PageArchived(again.Tail.Count));
        again = Given(again).When(Reserve("j1"), At(3)).State;

        var asked = Given(again).When(new AccountCommand.Capture("j1", ReservedAt: At(1)), At(4))
            .Replies(new ReservationReply("j1", ReservationOutcome.Unknown, Repeated: true));

        Assert.Equal((1, 1), (asked.State.Captured, asked.State.Reserved));
        Given(again).When(new AccountCommand.Release("j1", "", At(1)), At(4))
            .Replies(new ReservationReply("j1", ReservationOutcome.Unknown, Repeated: true));
        var freed = Given(again).When(new AccountCommand.Release("j1", "", At(3)), At(4)).State;
        Assert.Equal((1, 0), (freed.Captured, freed.Reserved));
    }

    /// <summary>
    /// As above, but the other reservation is released before the job asks. That release is not the job's own.
    /// </summary>
    [Fact]
    public void Capture_AfterAnotherReservationWasReleased_IsUnknown()
    {
        var again = Given(Rich).When(Reserve("j1"), At(1)).When(Capture("j1"), At(2)).State;
        again = AccountMachine.Evolve(again, new AccountEvent.PageArchived(again.Tail.Count));
        again = Given(again).When(Reserve("j1"), At(3)).When(new AccountCommand.Release("j1", "", At(3)), At(4)).State;

        Given(again).When(new AccountCommand.Capture("j1", ReservedAt: At(1)), At(5))
            .Replies(new ReservationReply("j1", ReservationOutcome.Unknown, Repeated: true));
        Given(again).When(new AccountCommand.Release("j1", "", At(3)), At(5))
            .Replies(new ReservationReply("j1", ReservationOutcome.Released, Repeated: true));
    }

    [Fact]
    public void Capture_WhoseOpeningLeftTheTail_IsRepeated()
    {
        var captured = Given(Rich).When(Reserve("j1"), At(1)).When(Capture("j1"), At(2)).State;
        captured = AccountMachine.Evolve(captured, new AccountEvent.PageArchived(captured.Tail.Count - 1));

        Given(captured).When(new AccountCommand.Capture("j1", ReservedAt: At(1)), At(3))
            .Replies(new ReservationReply("j1", ReservationOutcome.Captured, Repeated: true));
    }

    /// <summary>The repeat may have been in transit while its job ran, ended and left the tail.</summary>
    [Fact]
    public void Reserve_ThatComesLate_IsToBeSentAgain()
    {
        var sent = new AccountCommand.Reserve("j1", 1, "print", SentAt: At(10));

        var refusal = Assert.IsType<Decision<AccountEvent, AccountEffect>.Rejected>(
            AccountMachine.Decide(Rich, sent, At(100.1))).Error;
        Assert.Equal(ErrorCode.Unavailable, refusal.Code);
        Assert.NotNull(refusal.RetryAfter);
        Given(Rich).When(sent, At(100)).Asks();
        Given(Rich).When(sent, At(0)).Asks();
    }

    [Fact]
    public void Reserve_ThatComesLate_IsAnsweredWhereItIsKnown()
    {
        var sent = new AccountCommand.Reserve("j1", 1, "print", SentAt: At(0));

        Given(Reserved("j1")).When(sent, At(1000))
            .Replies(new ReservationReply("j1", ReservationOutcome.Open, Repeated: true) { At = At(0) })
                .ChangesNothing();
        Given(Given(Reserved("j1")).When(Capture("j1"), At(1)).State).When(sent, At(1000))
            .Replies(new ReservationReply("j1", ReservationOutcome.Captured, Repeated: true)).ChangesNothing();
    }

    [Fact]
    public void AnyCommand_WhileFrozen_ShowsWhy()
    {
        var frozen = Given(Rich).When(new AccountCommand.Freeze("chargeback"), At(5)).State;

        Assert.Equal(new Freeze(At(5), "chargeback"), AccountMachine.View(frozen).Frozen);
    }
}
