using TryOn.Core.Accounts;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class AccountArchiveTests
{
    private const int Page = StatementRules.PageSize;

    private static readonly AccountCommand Stored = new AccountCommand.ArchiveStored(0);

    [Fact]
    public void Tail_OfTwoPages_AsksForTheOlderToBeStored()
    {
        var decided = AccountMachine.Decide(WithTail((2 * Page) - 1), Reserve("last"), At(1));

        var asked = ((Decision<AccountEvent, AccountEffect>.Accepted)decided).Effects;
        var page = Assert.IsType<AccountEffect.ArchivePages>(Assert.Single(asked));
        Assert.Equal(0, page.First);
        Assert.Equal(Enumerable.Range(1, Page), page.Entries.Select(entry => (int)entry.Sequence));
    }

    [Fact]
    public void Tail_OfLessThanTwoPages_AsksForNothing() =>
        Assert.DoesNotContain(
            AccountMachine.Pending(WithTail((2 * Page) - 1)), effect => effect is AccountEffect.ArchivePages);

    [Fact]
    public void Page_Stored_LeavesTheTail()
    {
        var scenario = Given(WithTail(2 * Page)).When(Stored, At(1)).Then(new AccountEvent.PageArchived(Page)).Asks();

        Assert.Equal(Page, scenario.State.Archived);
        Assert.Equal(Page + 1, scenario.State.Tail[0].Sequence);
        Assert.Equal(2 * Page, scenario.State.Sequence);
    }

    /// <summary>
    /// A commit and a recovery may both have requested the page. A second removal would lose a page that is not stored.
    /// </summary>
    [Fact]
    public void Page_StoredTwice_LeavesTheTailOnce() =>
        Given(WithTail(4 * Page)).When(Stored, At(1)).When(Stored, At(1)).ChangesNothing();

    [Fact]
    public void Page_NotYetAskedFor_StaysInTheTail() =>
        Given(WithTail(2 * Page)).When(new AccountCommand.ArchiveStored(1), At(1)).ChangesNothing();

    [Fact]
    public void Page_Stored_AsksForAllThatHaveGatheredMeanwhile()
    {
        var decided = AccountMachine.Decide(WithTail((4 * Page) + 5), Stored, At(1));

        var asked = ((Decision<AccountEvent, AccountEffect>.Accepted)decided).Effects;
        var next = Assert.IsType<AccountEffect.ArchivePages>(Assert.Single(asked));
        Assert.Equal(1, next.First);
        Assert.Equal(Enumerable.Range(Page + 1, 2 * Page), next.Entries.Select(entry => (int)entry.Sequence));
    }

    [Fact]
    public void Pages_StoredTogether_LeaveTheTailTogether() =>
        Given(WithTail(4 * Page)).When(new AccountCommand.ArchiveStored(0, 3), At(1))
            .Then(new AccountEvent.PageArchived(3 * Page));

    /// <summary>A busy account gathers entries faster than one page per round can archive.</summary>
    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(8, 1)]
    public void Tail_ThatGrowsOn_IsAskedForAgainAtTwiceTheSize(int pages, int asked)
    {
        var decided = AccountMachine.Decide(WithTail((pages * Page) - 1), Reserve("last"), At(1));

        Assert.Equal(asked, ((Decision<AccountEvent, AccountEffect>.Accepted)decided).Effects.Length);
    }
}
