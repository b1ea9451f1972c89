using TryOn.Core.Accounts;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using static TryOn.Core.Tests.Keys.KeyFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class StatementChainTests
{
    private static readonly Purchase Bought = new("0123456789abcdef", "maker/model", "shopper");

    private static readonly StatementEntry[] Whole =
    [
        .. With(Key('0') with { Hash = Bought.KeyId }).When(new AccountCommand.Reserve("j1", 2, "print", Bought), At(1))
            .When(Capture("j1"), At(2))
            .When(Grant(5, "g2"), At(3)).State.Tail,
    ];

    /// <summary>The hashed form is a stored contract: after a change every old statement would look forged.</summary>
    [Fact]
    public void Link_OfAnEntry_IsPinned() => Assert.Equal(
        "LFEidlGsz4M_M8uuAw4ynQ",
        StatementChain.Link("previous", new StatementEntry(
            2, At(1), EntryKind.Reserve, 3, 7, 3, "reserve:j1", "j1", Reason: null, Bought)));

    [Fact]
    public void Statement_AsWritten_Follows() => Assert.Equal(0, Breaks(Whole));

    [Fact]
    public void Entry_ChangedInAnyField_IsFound()
    {
        var entry = Whole[1];
        foreach (var changed in new[]
                 {
                     entry with { Sequence = 9 }, entry with { At = At(1.5) }, entry with { Kind = EntryKind.Release },
                     entry with { Amount = 1 }, entry with { Available = 1 }, entry with { Reserved = 1 },
                     entry with { OperationId = "" }, entry with { JobId = null }, entry with { Reason = "" },
                     entry with { For = null }, entry with { For = Bought with { KeyId = "f" } },
                     entry with { For = Bought with { Model = "m" } },
                     entry with { For = Bought with { EndUser = null } }, entry with { Chain = null },
                 })
            Assert.NotEqual(0, Breaks([Whole[0], changed, .. Whole[2..]]));
    }

    [Fact]
    public void Entry_RemovedOrMoved_IsFound()
    {
        Assert.NotEqual(0, Breaks([Whole[0], .. Whole[2..]]));
        Assert.NotEqual(0, Breaks([Whole[1], Whole[0], .. Whole[2..]]));
        Assert.NotEqual(0, Breaks(Whole[1..]));
    }

    /// <summary>Text moved from one field to the next must give another hash.</summary>
    [Fact]
    public void Link_OfShiftedText_IsAnother() => Assert.NotEqual(
        StatementChain.Link(null, Whole[0] with { OperationId = "a\n1:b", Reason = "c" }),
        StatementChain.Link(null, Whole[0] with { OperationId = "a", JobId = "b\n-", Reason = "c" }));

    [Fact]
    public void Entries_OlderThanTheChain_MayOnlyStandBeforeIt()
    {
        StatementEntry[] old = [Whole[0] with { Chain = null }, Whole[1] with { Chain = null }];
        var first = Whole[2] with { Chain = StatementChain.Link(null, Whole[2]) };

        Assert.Equal(0, Breaks([.. old, first]));
        Assert.Equal(1, Breaks([.. old, first, Whole[3] with { Chain = null }]));
    }

    [Fact]
    public void Account_FromBeforeTheChain_BeginsOne()
    {
        var old = Rich with { Chain = null, Tail = [Rich.Tail[0] with { Chain = null }] };

        var state = Given(old).When(Reserve("j1"), At(1)).When(Capture("j1"), At(2)).State;

        Assert.Equal(0, Breaks([.. state.Tail]));
        Assert.Equal(state.Tail[^1].Chain, AccountMachine.View(state).Chain);
    }

    /// <summary>
    /// The capture names the model that answered, which the chain covers like the rest of the purchase.
    /// </summary>
    [Fact]
    public void Statement_WithAnotherModelsCapture_Follows()
    {
        var state = With(Key('1')).When(Buy('1', "j1", 5), At(1)).When(Capture("j1", 2, "maker/other"), At(2)).State;

        Assert.Equal(0, Breaks([.. state.Tail]));
        Assert.Equal(
            ["maker/model", "maker/model", "maker/other"], state.Tail.Skip(1).Select(entry => entry.For?.Model));
    }

    private static int Breaks(StatementEntry[] entries)
    {
        var chain = new StatementChain();
        return entries.Count(entry => !chain.Verify(entry));
    }
}
