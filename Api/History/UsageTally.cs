using TryOn.Core.Accounts;

namespace TryOn.Api.History;

/// <summary>What a group of requests came to, in credits: captured + released + open is what was reserved for them.</summary>
public sealed record UsageSum(long Requests, long Captured, long Released, long Open)
{
    public static UsageSum Zero { get; } = new(0, 0, 0, 0);

    public static UsageSum operator +(UsageSum one, UsageSum other) => new(
        one.Requests + other.Requests, one.Captured + other.Captured, one.Released + other.Released, one.Open + other.Open);

    public static UsageSum operator -(UsageSum one, UsageSum other) => new(
        one.Requests - other.Requests, one.Captured - other.Captured, one.Released - other.Released, one.Open - other.Open);

    public static UsageSum Subtract(UsageSum one, UsageSum other) => one - other;

    public static UsageSum Add(UsageSum one, UsageSum other) => one + other;
}

/// <summary>
/// Folds a statement, oldest entry first, into usage. A request counts when it was made, and what came of it counts there
/// too, however much later: so nothing is counted twice or in part, and over all time the sums are the account's figures.
/// Remembers open reservations only, and those are bounded by the account's concurrency.
/// </summary>
public sealed class UsageTally(UsageGroups by, Period period)
{
    private readonly Dictionary<UsageGroup, UsageSum> _rows = [];
    private readonly Dictionary<string, (UsageGroup Group, UsageSum Sum)> _open = [];

    public IReadOnlyDictionary<UsageGroup, UsageSum> Rows => _rows;

    public UsageSum Totals => _rows.Values.Aggregate(UsageSum.Zero, UsageSum.Add);

    /// <summary>True when no later entry can change anything.</summary>
    public bool Complete(StatementEntry next) => _open.Count == 0 && period.Over(next.At);

    public void Add(StatementEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Reserve when period.Holds(entry.At):
                var reserved = (Group: UsageGroup.Of(entry, by), Sum: new UsageSum(1, 0, 0, entry.Amount));
                _open[entry.JobId!] = reserved;
                Count(reserved.Group, reserved.Sum);
                break;
            case EntryKind.Capture when _open.Remove(entry.JobId!, out var held):
                // Nobody is charged for a model that did not answer, so the request is told of the one that did.
                Count(held.Group, UsageSum.Zero - held.Sum);
                Count(held.Group.AnsweredBy(entry), held.Sum + new UsageSum(0, entry.Amount, 0, -entry.Amount));
                break;
            case EntryKind.Release when _open.Remove(entry.JobId!, out var held):
                var released = new UsageSum(0, 0, entry.Amount, -entry.Amount);
                Count(held.Group, released);
                if (entry.Amount < held.Sum.Open)
                    _open[entry.JobId!] = (held.Group, held.Sum + released);
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
