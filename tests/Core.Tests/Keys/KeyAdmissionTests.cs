using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Machines;
using TryOn.Core.Tests.Accounts;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using static TryOn.Core.Tests.Keys.KeyFixture;

namespace TryOn.Core.Tests.Keys;

public sealed class KeyAdmissionTests
{
    private const double Day = 24 * 60 * 60;

    [Fact]
    public void Key_CutOffInAnyWay_IsRefusedInTheSameWords()
    {
        var scenario = With(Key('a'), Key('b') with { ExpiresAt = At(5) }, Key('c'), Key('d'))
            .When(Update('a', new KeyPatch(Disabled: true)), At(1)).When(Remove('c'), At(1))
                .When(Rotate('d', 'e', 0), At(1));

        foreach (var letter in "abcdz")
            Assert.Equal(
                Error.BadKey, KeyAdmission.Admit(scenario.State.Keys, Hash(letter), KeyScopes.None, At(5)).Error);
        Assert.True(scenario.Admits('b', 4.9));
        Assert.True(scenario.Admits('e', 5));
    }

    /// <summary>Sixteen digits distinguish an account's keys, but do not authenticate.</summary>
    [Fact]
    public void Hash_ThatOnlyBeginsAlike_IsNoKey() => Assert.Equal(
        Error.BadKey,
        KeyAdmission.Admit(With(Key('a')).State.Keys, new string('a', 63) + 'b', KeyScopes.None, At(1)).Error);

    [Fact]
    public void Scope_ThatIsMissing_IsNamed()
    {
        var keys = With(Key('a') with { Scopes = KeyScopes.JobsRead }).State.Keys;

        var refusal = KeyAdmission.Admit(keys, Hash('a'), KeyScopes.JobsRead | KeyScopes.Keys, At(1)).Error!;

        Assert.Equal(ErrorCode.PermissionDenied, refusal.Code);
        Assert.EndsWith("lacks the scope keys.", refusal.Message, StringComparison.Ordinal);
        Assert.True(KeyAdmission.Admit(keys, Hash('a'), KeyScopes.JobsRead, At(1)).Ok);
    }

    [Fact]
    public void KeyLimit_Reached_IsTheKeysAndNotTheBalances()
    {
        var refusal = Refusal(With(Key('a', limit: 3)).When(Buy('a', "j1", 2), At(1)).State, Buy('a', "j2", 2));

        Assert.Equal((ErrorCode.OutOfCredits, "key"), (refusal.Code, refusal.LimitSource));
        Assert.Equal("balance", Refusal(With(Key('a')).State, Buy('a', "j1", 1001)).LimitSource);
    }

    [Fact]
    public void KeyLimit_OfOneKey_IsNoOthers()
    {
        var state = With(Key('a', limit: 1), Key('b')).When(Buy('a', "j1"), At(1)).State;

        Given(state).When(Buy('b', "j2"), At(1)).Asks();
    }

    [Fact]
    public void Spend_ReleasedAndCaptured_FollowsExactly()
    {
        var scenario = With(Key('a', limit: 5)).When(Buy('a', "j1", 2), At(1)).When(Buy('a', "j2", 3), At(1));
        Assert.Equal(0, scenario.Find('a').Remaining(KeySpend.DayOf(At(1))));

        scenario.When(Release("j2"), At(2)).When(Release("j2"), At(2)).When(Capture("j1"), At(2));

        Assert.Equal((2, 3), (scenario.Find('a').Spend.Total, scenario.Find('a').Remaining(KeySpend.DayOf(At(1)))));
    }

    [Fact]
    public void KeyLimit_OfTheDay_OpensAgainAtMidnight()
    {
        var state = With(Key('a', limit: 2, LimitReset.Daily)).When(Buy('a', "j1", 2), At(1)).State;

        Given(state).When(Buy('a', "j2"), At(Day / 2 - 1)).Refuses(ErrorCode.OutOfCredits);
        var next = Given(state).When(Buy('a', "j2"), At(Day / 2)).When(Release("j1"), At(Day / 2));
        Assert.Equal(1, next.Find('a').Remaining(KeySpend.DayOf(At(Day / 2))));
    }

    /// <summary>
    /// The request was admitted, and its key was cut off while the pictures were still being uploaded.
    /// </summary>
    [Fact]
    public void Reserve_WithAKeyCutOffMeanwhile_IsRefused()
    {
        var scenario = With(Key('a')).When(Buy('a', "j1"), At(1))
            .When(Update('a', new KeyPatch(Disabled: true)), At(2));

        Assert.Equal(ErrorCode.Authentication, Refusal(scenario.State, Buy('a', "j2")).Code);
        Assert.Equal(ErrorCode.Authentication, Refusal(scenario.State, Buy('z', "j2")).Code);
        scenario.When(Buy('a', "j1"), At(3))
            .Replies(new ReservationReply("j1", ReservationOutcome.Open, Repeated: true) { At = At(1) });
    }

    private static Error Refusal(AccountState state, AccountCommand command) =>
        Assert.IsType<Decision<AccountEvent, AccountEffect>.Rejected>(
            AccountMachine.Decide(state, command, At(5))).Error;
}
