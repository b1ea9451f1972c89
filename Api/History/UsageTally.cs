using TryOn.Core.Accounts;

namespace TryOn.Api.History;

/// <summary>
/// Usage of a group of requests, in credits. Captured + released + open is what was reserved for them.
/// </summary>
public sealed record UsageSum(long Requests, long Captured, long Released, long Open)
{
    public static UsageSum Zero { get; } = new(0, 0, 0, 0);

    public static UsageSum operator +(UsageSum one, UsageSum other) => new(
        one.Requests + other.Requests, one.Captured + other.Captured, one.Released + other.Released,
        one.Open + other.Open);

    public static UsageSum operator -(UsageSum one, UsageSum other) => new(
        one.Requests - other.Requests, one.Captured - other.Captured, one.Released - other.Released,
        one.Open - other.Open);

    public static UsageSum Subtract(UsageSum one, UsageSum other) => one - other;

    public static UsageSum Add(UsageSum one, UsageSum other) => one + other;
}

/// <summary>
/// Computes usage from a statement, oldest entry first. A request and its outcome both count at the time the request
/// was made, however much later the outcome came: nothing is counted twice or in part, and over all time the sums equal
/// the account's figures. Memory holds open reservations only, which the account's concurrency limit bounds.
/// </summary>
public sealed class UsageTally(UsageGroups by, Period period)
{
    private readonly Dictionary<UsageGroup, UsageSum> _rows = [];
    private readonly Dictionary<string, (UsageGroup Group, UsageSum Sum)> _open = [];

    public IReadOnlyDictionary<UsageGroup, UsageSum> Rows => _rows;

    public UsageSum Totals => _rows.Values.Aggregate(UsageSum.Zero, UsageSum.Add);

    /// <summary>True when no later entry can change the result.</summary>
    public bool IsCompleteAt(StatementEntry next) => _open.Count == 0 && period.EndedBefore(next.At);

    public void Add(StatementEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Reserve when period.Contains(entry.At):
                var reserved = (Group: UsageGroup.FromEntry(entry, by), Sum: new UsageSum(1, 0, 0, entry.Amount));
                _open[entry.JobId!] = reserved;
                Count(reserved.Group, reserved.Sum);
                break;
            case EntryKind.Capture when _open.Remove(entry.JobId!, out var open):
                // The request counts for the model that answered, since nobody is charged for a model that did not.
                Count(open.Group, UsageSum.Zero - open.Sum);
                Count(open.Group.AnsweredBy(entry), open.Sum + new UsageSum(0, entry.Amount, 0, -entry.Amount));
                break;
            case EntryKind.Release when _open.Remove(entry.JobId!, out var open):
                var released = new UsageSum(0, 0, entry.Amount, -entry.Amount);
                Count(open.Group, released);
                if (entry.Amount < open.Sum.Open)
                    _open[entry.JobId!] = (open.Group, open.Sum + released);
                break;
            default:
                break;
        }
    }

    private void Count(UsageGroup group, UsageSum more)
    {
        var sum = _rows.GetValueOrDefault(group, UsageSum.Zero) + more;
        if (sum == UsageSum.Zero)
            _rows.Remove(group);
        else
            _rows[group] = sum;
    }
}
