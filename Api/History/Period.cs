namespace TryOn.Api.History;

/// <summary>A stretch of time, its first moment included and its last not. Null is without end.</summary>
public sealed record Period(DateTimeOffset? From, DateTimeOffset? To)
{
    public static Period All { get; } = new(null, null);

    public bool Holds(DateTimeOffset time) => !(time < From) && !(time >= To);

    /// <summary>True when nothing of this time's neighbourhood can lie within any more.</summary>
    public bool Over(DateTimeOffset time) => time - StatementReader.Disorder >= To;

    public bool NotYet(DateTimeOffset time) => time + StatementReader.Disorder < From;
}
