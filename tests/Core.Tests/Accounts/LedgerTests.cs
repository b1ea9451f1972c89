namespace TryOn.Core.Tests.Accounts;

/// <summary>Columns: command, reply (a star: repeated), then available, reserved and captured.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void Picture_Delivered_IsChargedOnce() => LedgerTable.Play("""
        grant 10 g1    | Done      | 10 0 0
        reserve j1 3   | Open      |  7 3 0
        capture j1     | Captured  |  7 0 3
        capture j1     | Captured* |  7 0 3
        release j1     | Captured* |  7 0 3
        reserve j1 3   | Captured* |  7 0 3
        """);

    [Fact]
    public void Picture_OfACheaperModel_CostsThatModelsPrice() => LedgerTable.Play("""
        grant 10 g1    | Done      | 10 0 0
        reserve j1 5   | Open      |  5 5 0
        reserve j2 5   | Open      |  0 10 0
        capture j1 2   | Captured  |  3 5 2
        capture j1 2   | Captured* |  3 5 2
        capture j1     | Captured* |  3 5 2
        release j1     | Captured* |  3 5 2
        reserve j1 5   | Captured* |  3 5 2
        capture j2 5   | Captured  |  3 0 7
        """);

    [Fact]
    public void Capture_OfMoreThanReserved_IsOfAllThatWas() => LedgerTable.Play("""
        grant 10 g1    | Done           | 10 0 0
        reserve j1 2   | Open           |  8 2 0
        capture j1 0   | InvalidRequest |  8 2 0
        capture j1 -1  | InvalidRequest |  8 2 0
        capture j1 3   | Captured       |  8 0 2
        capture j1 1   | Captured*      |  8 0 2
        """);

    [Fact]
    public void Picture_NotDelivered_CostsNothing() => LedgerTable.Play("""
        grant 10 g1    | Done      | 10 0 0
        reserve j1 3   | Open      |  7 3 0
        release j1     | Released  | 10 0 0
        release j1     | Released* | 10 0 0
        capture j1     | Released* | 10 0 0
        reserve j1 3   | Released* | 10 0 0
        """);

    [Fact]
    public void Reservation_Repeated_HoldsOnce() => LedgerTable.Play("""
        grant 10 g1       | Done                |  10 0 0
        reserve j1 3 p1   | Open                |   7 3 0
        reserve j1 3 p1   | Open*               |   7 3 0
        reserve j1 3 p2   | IdempotencyConflict |   7 3 0
        reserve j1 4 p1   | IdempotencyConflict |   7 3 0
        """);

    [Fact]
    public void Balance_AfterAnyReservation_IsNeverNegative() => LedgerTable.Play("""
        reserve j1 1   | OutOfCredits   | 0 0 0
        grant 5 g1     | Done           | 5 0 0
        reserve j1 6   | OutOfCredits   | 5 0 0
        reserve j1 5   | Open           | 0 5 0
        reserve j2 1   | OutOfCredits   | 0 5 0
        capture j1     | Captured       | 0 0 5
        reserve j3 1   | OutOfCredits   | 0 0 5
        """);

    [Fact]
    public void Concurrency_AtItsLimit_CountsOpenReservations() => LedgerTable.Play("""
        grant 3 g1     | Done               | 3 0 0
        reserve j1 1   | Open               | 2 1 0
        reserve j2 1   | Open               | 1 2 0
        reserve j3 1   | Open               | 0 3 0
        reserve j4 1   | ConcurrencyLimited | 0 3 0
        reserve j2 1   | Open*              | 0 3 0
        release j2     | Released           | 1 2 0
        reserve j4 1   | Open               | 0 3 0
        """);

    [Fact]
    public void Amount_ZeroOrLess_IsInvalid() => LedgerTable.Play("""
        grant 0 g1     | InvalidRequest | 0 0 0
        grant -5 g1    | InvalidRequest | 0 0 0
        grant 5 g1     | Done           | 5 0 0
        reserve j1 0   | InvalidRequest | 5 0 0
        reserve j1 -1  | InvalidRequest | 5 0 0
        """);

    [Fact]
    public void Grant_Repeated_GrantsOnce() => LedgerTable.Play("""
        grant 5 g1     | Done                | 5 0 0
        grant 5 g1     | Done*               | 5 0 0
        grant 6 g1     | IdempotencyConflict | 5 0 0
        grant 5 g2     | Done                | 10 0 0
        """);

    /// <summary>A repeat gets the first answer, even where another grant would overflow.</summary>
    [Fact]
    public void Grant_BeyondTheCountable_IsRefusedNotWrapped() => LedgerTable.Play("""
        grant 9223372036854775807 g1 | Done           | 9223372036854775807 0 0
        grant 9223372036854775807 g1 | Done*          | 9223372036854775807 0 0
        grant 1 g2                   | InvalidRequest | 9223372036854775807 0 0
        """);

    [Fact]
    public void Adjustment_OfEitherSign_ChangesOnlyWhatIsAvailable() => LedgerTable.Play("""
        grant 10 g1     | Done                |  10 0 0
        reserve j1 4    | Open                |   6 4 0
        adjust -7 a1    | OutOfCredits        |   6 4 0
        adjust -6 a1    | Done                |   0 4 0
        adjust -6 a1    | Done*               |   0 4 0
        adjust -5 a1    | IdempotencyConflict |   0 4 0
        grant 10 a1     | IdempotencyConflict |   0 4 0
        adjust 10 g1    | IdempotencyConflict |   0 4 0
        adjust 0 a2     | InvalidRequest      |   0 4 0
        capture j1      | Captured            |   0 0 4
        adjust 3 a2     | Done                |   3 0 4
        adjust -9223372036854775808 a3 | OutOfCredits   | 3 0 4
        adjust 9223372036854775807 a3  | InvalidRequest | 3 0 4
        """);

    [Fact]
    public void Account_Frozen_SettlesAndTakesNothingNew() => LedgerTable.Play("""
        grant 10 g1    | Done          | 10 0 0
        reserve j1 1   | Open          |  9 1 0
        reserve j2 1   | Open          |  8 2 0
        freeze         | Done          |  8 2 0
        freeze         | Done*         |  8 2 0
        reserve j3 1   | AccountFrozen |  8 2 0
        reserve j1 1   | Open*         |  8 2 0
        capture j1     | Captured      |  8 1 1
        release j2     | Released      |  9 0 1
        grant 1 g2     | Done          | 10 0 1
        adjust -1 a1   | Done          |  9 0 1
        unfreeze       | Done          |  9 0 1
        unfreeze       | Done*         |  9 0 1
        reserve j3 1   | Open          |  8 1 1
        """);

    [Fact]
    public void Resolution_OfNothing_ChangesNothing() => LedgerTable.Play("""
        grant 5 g1     | Done     | 5 0 0
        capture j1     | Unknown* | 5 0 0
        release j1     | Unknown* | 5 0 0
        """);

    [Fact]
    public void Statement_OfAnAccount_HasEveryEntry()
    {
        var state = LedgerTable.Play("""
            grant 9 g1     | Done     | 9 0 0
            reserve j1 2   | Open     | 7 2 0
            reserve j2 3   | Open     | 4 5 0
            release j1     | Released | 6 3 0
            capture j2     | Captured | 6 0 3
            """);

        Assert.Equal(
            ["1 Grant 9 g1 9 0", "2 Reserve 2 reserve:j1 7 2", "3 Reserve 3 reserve:j2 4 5",
                "4 Release 2 release:j1 6 3",
                "5 Capture 3 capture:j2 6 0"],
            state.Tail.Select(e => $"{e.Sequence} {e.Kind} {e.Amount} {e.OperationId} {e.Available} {e.Reserved}"));
        Assert.Equal(["paid", null, null, "no picture", null], state.Tail.Select(entry => entry.Reason));
        Assert.All(state.Tail.Skip(1), entry =>
            Assert.EndsWith($":{entry.JobId}", entry.OperationId, StringComparison.Ordinal));
    }

    /// <summary>The rest is released before the capture, so that a job's last entry tells how it ended.</summary>
    [Fact]
    public void Statement_OfAPartialCapture_MovesEachAmountOnce()
    {
        var state = LedgerTable.Play("""
            grant 9 g1     | Done     | 9 0 0
            reserve j1 5   | Open     | 4 5 0
            capture j1 2   | Captured | 7 0 2
            """);

        Assert.Equal(
            ["1 Grant 9 9 0", "2 Reserve 5 4 5", "3 Release 3 7 2", "4 Capture 2 7 0"],
            state.Tail.Select(e => $"{e.Sequence} {e.Kind} {e.Amount} {e.Available} {e.Reserved}"));
        Assert.Equal("the model that answered costs less", state.Tail[2].Reason);
    }
}
