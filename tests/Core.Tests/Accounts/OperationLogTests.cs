using TryOn.Core.Accounts;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class OperationLogTests
{
    private const double Hour = 60 * 60;

    [Fact]
    public void Operation_Known_RepeatsOnlyItself()
    {
        var log = OperationLog.Empty.Add("o", EntryKind.Grant, 5, At(0));

        Assert.True(log.Repeats("o", EntryKind.Grant, 5));
        Assert.False(log.Repeats("o", EntryKind.Grant, 6));
        Assert.False(log.Repeats("o", EntryKind.Adjust, 5));
        Assert.Null(log.Repeats("p", EntryKind.Grant, 5));
    }

    [Fact]
    public void Operations_OfADay_AreKept()
    {
        var log = Filled(300, from: 0).Add("late", EntryKind.Grant, 1, At(24 * Hour));

        Assert.Equal(301, log.Items.Count);
    }

    [Fact]
    public void Operations_OfAnEarlierDay_AreKeptToAHundred()
    {
        var log = Filled(300, from: 0).Add("late", EntryKind.Grant, 1, At(26 * Hour));

        Assert.Equal(100, log.Items.Count);
        Assert.True(log.Repeats("late", EntryKind.Grant, 1));
        Assert.True(log.Repeats("o299", EntryKind.Grant, 1));
        Assert.Null(log.Repeats("o200", EntryKind.Grant, 1));
    }

    [Fact]
    public void Operations_OfOneDay_NeverPassAThousand()
    {
        var log = Filled(1005, from: 0);

        Assert.Equal(OperationLog.CountMax, log.Items.Count);
        Assert.Null(log.Repeats("o4", EntryKind.Grant, 1));
        Assert.True(log.Repeats("o5", EntryKind.Grant, 1));
    }

    /// <summary>A record of the first version stores its grants by their full ids.</summary>
    [Fact]
    public void Grants_OfAnOldRecord_StayKnown()
    {
        var old = Opened with { Granted = 5, Grants = Opened.Grants.Add("o", 5) };

        Given(old).When(Grant(5, "o"), At(1)).ChangesNothing();
        var after = Given(old).When(Grant(1, "p"), At(1)).State;
        Assert.Empty(after.Grants);
        Given(after).When(Grant(5, "o"), At(2)).ChangesNothing();
    }

    private static OperationLog Filled(int count, double from) => Enumerable.Range(0, count).Aggregate(
        OperationLog.Empty, (log, n) => log.Add($"o{n}", EntryKind.Grant, 1, At(from)));
}
