using TryOn.Api.History;
using TryOn.Core.Accounts;

namespace TryOn.Api.Tests.History;

public sealed class UsageTallyTests
{
    private static readonly Purchase Kling = new("key-1", Requests.Kling, "ann");
    private static readonly Purchase Gemini = new("key-2", Requests.Gemini);

    private readonly PaperStatement _paper = new PaperStatement().Grant(100)
        .Reserve("a", 1, 2, Kling).Reserve("b", 2, 3, Gemini).Capture("a", 3)
        .Reserve("late", 23.9, 5, Kling).Release("b", 4).Capture("late", 24.5)
        .Reserve("c", 25, 7, Kling).Reserve("old", 26, 11);

    [Fact]
    public void Totals_OverAllTime_AreTheStatements()
    {
        var last = _paper.Entries[^1];

        Assert.Equal(new UsageSum(5, Captured: 7, Released: 3, Open: last.Reserved), Tally(UsageGroups.None).Totals);
        Assert.Equal(100 - 7 - last.Reserved, last.Available);
    }

    [Fact]
    public void Request_CapturedAfterMidnight_CountsWhereItWasMade()
    {
        var rows = Tally(UsageGroups.Day).Rows;

        Assert.Equal(new UsageSum(3, 7, 3, 0), rows[new(new(2026, 3, 1), null, null, null)]);
        Assert.Equal(new UsageSum(2, 0, 0, 18), rows[new(new(2026, 3, 2), null, null, null)]);
    }

    [Fact]
    public void Period_OfOneDay_FollowsItsRequestsToTheirEnd()
    {
        var day = new Period(PaperStatement.Start, PaperStatement.Start.AddDays(1));

        Assert.Equal(new UsageSum(3, 7, 3, 0), Tally(UsageGroups.None, day).Totals);
    }

    [Fact]
    public void Period_ThatBeginsLater_LeavesOutWhatWasMadeBefore()
    {
        var day = new Period(PaperStatement.Start.AddDays(1), To: null);

        Assert.Equal(new UsageSum(2, 0, 0, 18), Tally(UsageGroups.None, day).Totals);
    }

    [Fact]
    public void Groups_OfSeveralKinds_AreToldApart()
    {
        var rows = Tally(UsageGroups.Model | UsageGroups.Key | UsageGroups.User).Rows;

        Assert.Equal(new UsageSum(3, 7, 0, 7), rows[new(null, Requests.Kling, "key-1", "ann")]);
        Assert.Equal(new UsageSum(1, 0, 3, 0), rows[new(null, Requests.Gemini, "key-2", "")]);
        Assert.Equal(new UsageSum(1, 0, 0, 11), rows[new(null, UsageGroup.Unknown, UsageGroup.Unknown, "")]);
    }

    [Fact]
    public void Complete_OfAPeriod_IsTrueOnceAllRequestsHaveEnded()
    {
        var tally = new UsageTally(UsageGroups.None, new Period(null, PaperStatement.Start.AddHours(5)));
        var much = new PaperStatement().Reserve("x", 99).Entries[0];
        foreach (var entry in _paper.Entries.Take(3))
            tally.Add(entry);

        Assert.False(tally.IsCompleteAt(much));
        foreach (var entry in _paper.Entries.Skip(3).Take(3))
            tally.Add(entry);
        Assert.True(tally.IsCompleteAt(much));
    }

    /// <summary>Also when the statement is read up to a point between the two last entries of the request.</summary>
    [Fact]
    public void Request_AnsweredByACheaperModel_CountsForThatModel()
    {
        var paper = new PaperStatement().Grant(10).Reserve("a", 1, 5, Kling).Capture("a", 2, 2, Requests.Gemini);
        var tally = new UsageTally(UsageGroups.Model | UsageGroups.Key, Period.All);
        foreach (var entry in paper.Entries.SkipLast(1))
            tally.Add(entry);

        Assert.Equal(new UsageSum(1, 0, 3, Open: 2), Assert.Single(tally.Rows).Value);
        tally.Add(paper.Entries[^1]);

        var row = Assert.Single(tally.Rows);
        Assert.Equal(new UsageGroup(null, Requests.Gemini, "key-1", null), row.Key);
        Assert.Equal(new UsageSum(1, Captured: 2, Released: 3, Open: 0), row.Value);
    }

    private UsageTally Tally(UsageGroups by, Period? period = null)
    {
        var tally = new UsageTally(by, period ?? Period.All);
        foreach (var entry in _paper.Entries)
            tally.Add(entry);
        return tally;
    }
}
