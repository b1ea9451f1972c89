namespace TryOn.Core.Keys;

/// <summary>
/// Credits that a key has reserved or captured. The full amount is counted when a reservation opens, so concurrent
/// requests cannot exceed the limit; a release subtracts it from the periods it was counted in. One record serves every
/// reset period, so the displayed and the enforced figures cannot differ.
/// </summary>
/// <param name="Day">Day number of the newest count; the current day, week and month are those that contain it.</param>
public sealed record KeySpend(int Day, long Total, long Daily, long Weekly, long Monthly)
{
    private const int DaysOfWeek = 7;

    public static KeySpend None { get; } = new(0, 0, 0, 0, 0);

    public static int DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    /// <summary>The spend that counts on this day against a limit with this reset period.</summary>
    public long InPeriod(LimitReset reset, int day)
    {
        var rolled = RollTo(day);
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
        var rolled = RollTo(day);
        return rolled with
        {
            Total = rolled.Total + amount,
            Daily = rolled.Daily + amount,
            Weekly = rolled.Weekly + amount,
            Monthly = rolled.Monthly + amount,
        };
    }

    /// <param name="day">The day on which the amount was counted.</param>
    public KeySpend Subtract(int day, long amount) => this with
    {
        Total = Total - amount,
        Daily = Daily - (day == Day ? amount : 0),
        Weekly = Weekly - (Week(day) == Week(Day) ? amount : 0),
        Monthly = Monthly - (Month(day) == Month(Day) ? amount : 0),
    };

    /// <summary>
    /// Starts new periods as of this day. Never goes back: a clock that is set back must not reopen a period that is
    /// already spent.
    /// </summary>
    private KeySpend RollTo(int day) => day <= Day
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
