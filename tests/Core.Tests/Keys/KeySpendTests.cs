using TryOn.Core.Keys;

namespace TryOn.Core.Tests.Keys;

public sealed class KeySpendTests
{
    [Theory]
    [InlineData("2026-11-20", "2026-11-20", 5, 5, 5)]
    [InlineData("2026-11-20", "2026-11-21", 0, 5, 5)]
    [InlineData("2026-11-22", "2026-11-23", 0, 0, 5)] // Sunday to Monday
    [InlineData("2026-11-30", "2026-12-01", 0, 5, 0)] // Monday to Tuesday, but another month
    [InlineData("2026-01-01", "2026-12-31", 0, 0, 0)]
    [InlineData("2025-12-31", "2026-01-01", 0, 5, 0)]
    [InlineData("2025-11-20", "2026-11-20", 0, 0, 0)]
    public void Spend_OnALaterDay_IsThatOfItsPeriods(string counted, string asked, long day, long week, long month)
    {
        var spend = KeySpend.None.Add(Day(counted), 5);

        Assert.Equal(
            (day, week, month, 5L),
            (spend.InPeriod(LimitReset.Daily, Day(asked)), spend.InPeriod(LimitReset.Weekly, Day(asked)),
                spend.InPeriod(LimitReset.Monthly, Day(asked)), spend.InPeriod(LimitReset.None, Day(asked))));
    }

    /// <summary>A release is subtracted from the day of its reservation and does not increase today's budget.</summary>
    [Fact]
    public void Return_OfAnEarlierDay_LeavesTodayAsItIs()
    {
        var spend = KeySpend.None.Add(Day("2026-11-20"), 5).Add(Day("2026-11-21"), 2).Subtract(Day("2026-11-20"), 5);

        Assert.Equal(new KeySpend(Day("2026-11-21"), 2, 2, 2, 2), spend);
    }

    [Fact]
    public void Return_OfAnEarlierMonth_LeavesOnlyTheTotalLess()
    {
        var spend = KeySpend.None.Add(Day("2026-10-05"), 5).Add(Day("2026-11-05"), 2).Subtract(Day("2026-10-05"), 5);

        Assert.Equal(new KeySpend(Day("2026-11-05"), 2, 2, 2, 2), spend);
    }

    [Fact]
    public void Spend_WhenTheClockIsSetBack_StandsAgainstTheLimit()
    {
        var spend = KeySpend.None.Add(Day("2026-11-21"), 5);

        Assert.Equal(5, spend.InPeriod(LimitReset.Daily, Day("2026-11-20")));
    }

    [Theory]
    [InlineData("2026-11-20T23:59:59.9999999Z", "2026-11-20")]
    [InlineData("2026-11-21T01:30:00+02:00", "2026-11-20")]
    public void Day_OfAMoment_IsThatOfUtc(string moment, string day) =>
        Assert.Equal(Day(day), KeySpend.DayOf(DateTimeOffset.Parse(moment)));

    private static int Day(string date) => DateOnly.Parse(date).DayNumber;
}
