namespace TryOn.Api.History;

/// <summary>
/// A period of time that includes <paramref name="From"/> and excludes <paramref name="To"/>. Null means unbounded.
/// </summary>
public sealed record Period(DateTimeOffset? From, DateTimeOffset? To)
{
    public static Period All { get; } = new(null, null);

    public bool Contains(DateTimeOffset time) => !(time < From) && !(time >= To);

    /// <summary>
    /// True when the period ended before this time, even if the clocks of two entries differed by <see
    /// cref="StatementReader.ClockSkewMax"/>.
    /// </summary>
    public bool EndedBefore(DateTimeOffset time) => time - StatementReader.ClockSkewMax >= To;

    public bool BeginsAfter(DateTimeOffset time) => time + StatementReader.ClockSkewMax < From;
}
