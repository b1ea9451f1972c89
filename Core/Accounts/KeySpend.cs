namespace TryOn.Core.Accounts;

/// <summary>
/// Credits that a key has reserved or captured. What is counted when a reservation opens is all it can come to, so a
/// limit cannot be passed by requests that race; a release takes it back from the periods it was counted in. One record
/// serves every reset period, so the figures shown and the figure enforced cannot disagree.
/// </summary>
/// <param name="Day">Day number of the newest count; the three periods are those that hold this day.</param>
public sealed record KeySpend(int Day, long Total, long Daily, long Weekly, long Monthly)
{
    private const int DaysOfWeek = 7;

    public static KeySpend None { get; } = new(0, 0, 0, 0, 0);

    public static int DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    /// <summary>What stands against a limit with this reset on a day.</summary>
    public long Of(LimitReset reset, int day)
    {
        var rolled = Roll(day);
        return reset switch
        {
            LimitReset.Daily => rolled.Daily,
            LimitReset.Weekly => rolled.Weekly,
            LimitReset.Monthly => rolled.Monthly,
            _ => rolled.Total,
        };
    }

    public KeySpend Add(int day, long amount)
    {
        var rolled = Roll(day);
        return rolled with
        {
            Total = rolled.Total + amount,
            Daily = rolled.Daily + amount,
            Weekly = rolled.Weekly + amount,
            Monthly = rolled.Monthly + amount,
        };
    }

    /// <param name="day">The day on which the amount was counted.</param>
    public KeySpend Return(int day, long amount) => this with
    {
        Total = Total - amount,
        Daily = Daily - (day == Day ? amount : 0),
        Weekly = Weekly - (Week(day) == Week(Day) ? amount : 0),
        Monthly = Monthly - (Month(day) == Month(Day) ? amount : 0),
    };

    /// <summary>Never back: a clock that is set back must not open a period that is already spent.</summary>
    private KeySpend Roll(int day) => day <= Day
        ? this
        : new KeySpend(day, Total, 0, Week(day) == Week(Day) ? Weekly : 0, Month(day) == Month(Day) ? Monthly : 0);

    /// <summary>Day 0 was a Monday.</summary>
    private static int Week(int day) => day / DaysOfWeek;

    private static int Month(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        return (date.Year * 12) + date.Month;
    }
}
