using TryOn.Core.Accounts;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class AccountArchiveTests
{
    private const int Page = AccountMachine.PageSize;

    private static readonly AccountCommand Stored = new AccountCommand.ArchiveStored(0);

    [Fact]
    public void Tail_OfTwoPages_AsksForTheOlderToBeStored()
    {
        var decided = AccountMachine.Decide(WithTail((2 * Page) - 1), Reserve("last"), At(1));

        var asked = ((Decision<AccountEvent, AccountEffect>.Accepted)decided).Effects;
        var page = Assert.IsType<AccountEffect.ArchivePage>(Assert.Single(asked));
        Assert.Equal(0, page.Number);
        Assert.Equal(Enumerable.Range(1, Page), page.Entries.Select(entry => (int)entry.Sequence));
    }

    [Fact]
    public void Tail_OfLessThanTwoPages_AsksForNothing() =>
        Assert.DoesNotContain(AccountMachine.Pending(WithTail((2 * Page) - 1)), effect => effect is AccountEffect.ArchivePage);

    [Fact]
    public void Page_Stored_LeavesTheTail()
    {
        var scenario = Given(WithTail(2 * Page)).When(Stored, At(1)).Then(new AccountEvent.PageArchived(Page)).Asks();

        Assert.Equal(Page, scenario.State.Archived);
        Assert.Equal(Page + 1, scenario.State.Tail[0].Sequence);
        Assert.Equal(2 * Page, scenario.State.Sequence);
    }

    /// <summary>Both a commit and a recovery may have asked for the page; a second removal would lose one unstored.</summary>
    [Fact]
    public void Page_StoredTwice_LeavesTheTailOnce() =>
        Given(WithTail(4 * Page)).When(Stored, At(1)).When(Stored, At(1)).ChangesNothing();

    [Fact]
    public void Page_NotYetAskedFor_StaysInTheTail() =>
        Given(WithTail(2 * Page)).When(new AccountCommand.ArchiveStored(1), At(1)).ChangesNothing();

    [Fact]
    public void Page_Stored_AsksForTheNextWhenItIsLate()
    {
        var scenario = Given(WithTail(4 * Page)).When(Stored, At(1));

        var next = Assert.IsType<AccountEffect.ArchivePage>(
            Assert.Single(AccountMachine.Pending(scenario.State), effect => effect is AccountEffect.ArchivePage));
        Assert.Equal(1, next.Number);
        Assert.Equal(Enumerable.Range(Page + 1, Page), next.Entries.Select(entry => (int)entry.Sequence));
    }
}
