using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using Decision = TryOn.Core.Machines.Decision<TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Tests.Accounts;

public sealed class CreditRulesTests
{
    [Fact]
    public void Adjust_BelowWhatIsAvailable_SaysWhatIsAndWhatRanOut()
    {
        var error = Refusal(Rich, new AccountCommand.Adjust(-1001, "o", "back"));

        Assert.Equal(
            (ErrorCode.OutOfCredits, "Only 1000 credits are available to be taken.", "amount", "balance"),
            (error.Code, error.Message, error.Param, error.LimitSource));
    }

    /// <summary>All that can be counted may be granted, and one credit more may not.</summary>
    [Fact]
    public void Adjust_UpToTheLargestNumber_IsTaken()
    {
        Assert.Equal(
            long.MaxValue,
            Given(Rich).When(new AccountCommand.Adjust(long.MaxValue - 1000, "o", "all"), At(1)).State.Granted);
        Assert.Equal(
            (ErrorCode.InvalidRequest, "amount"),
            Named(Refusal(Rich, new AccountCommand.Adjust(long.MaxValue - 999, "o", "x"))));
    }

    /// <summary>A record from before operations were kept in one log has its grants in a map.</summary>
    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 6)]
    public void OperationId_OfAnOldGrant_StandsForThatGrantOnly(bool adjust, long amount)
    {
        var old = Rich with { Grants = Rich.Grants.Add("old", 7) };
        AccountCommand again = adjust
            ? new AccountCommand.Adjust(amount, "old", "x")
            : new AccountCommand.Grant(amount, "old", "x");

        var error = Refusal(old, again);

        Assert.Equal((ErrorCode.IdempotencyConflict, "operation_id"), Named(error));
        Given(old).When(new AccountCommand.Grant(7, "old", "x"), At(1)).ChangesNothing();
    }

    [Theory]
    [InlineData(0, "No API credits remaining.")]
    [InlineData(5, "Not enough API credits: 5 remain, and a picture may cost up to 6 (1 asked for).")]
    public void Reserve_WithoutCredit_SaysWhatRemains(long credits, string message)
    {
        var poor = credits == 0 ? Opened : Given(Opened).When(Grant(credits), At(0)).State;

        Assert.Equal(message, Refusal(poor, Reserve("a", 6)).Message);
    }

    [Fact]
    public void Reserve_ForAsManyAsTheAccountMayEverRun_IsToldToWait()
    {
        var full = Given(Reserved("p")).State;
        var fits = Refusal(full, new AccountCommand.Reserve("a", 1, "print", Others: ["b", "c"]));
        var never = Refusal(full, new AccountCommand.Reserve("a", 1, "print", Others: ["b", "c", "d"]));

        Assert.Equal("This account already has 1 of 3 jobs running, and 3 more were asked for.", fits.Message);
        Assert.NotNull(fits.RetryAfter);
        Assert.Equal("The request is for 4 pictures, and this account may have 3 under way at once.", never.Message);
        Assert.Null(never.RetryAfter);
    }

    [Fact]
    public void Capture_WithoutAModel_KeepsThePurchasesOwn()
    {
        var purchase = new Purchase("key", "kling/kolors-v1-5", "user");
        var reserved = AccountMachine.Evolve(
            Rich, new AccountEvent.Reserved(new Reservation("a", 1, At(1), "print", purchase)));

        var captured = Given(reserved).When(Capture("a"), At(2)).State;

        Assert.Equal(purchase, captured.Tail[^1].For);
    }

    private static Error Refusal(AccountState state, AccountCommand command) =>
        Assert.IsType<Decision.Rejected>(AccountMachine.Decide(state, command, At(1))).Error;

    private static (ErrorCode Code, string? Param) Named(Error error) => (error.Code, error.Param);
}
