using TryOn.Core.Accounts;

namespace TryOn.Api.History;

/// <summary>What a group of requests came to, in credits: captured + released + open is what was reserved for them.</summary>
public sealed record UsageSum(long Requests, long Captured, long Released, long Open)
{
    public static UsageSum Zero { get; } = new(0, 0, 0, 0);

    public static UsageSum operator +(UsageSum one, UsageSum other) => new(
        one.Requests + other.Requests, one.Captured + other.Captured, one.Released + other.Released, one.Open + other.Open);

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
    private readonly Dictionary<string, (UsageGroup Group, long Amount)> _open = [];

    public IReadOnlyDictionary<UsageGroup, UsageSum> Rows => _rows;

    public UsageSum Totals => _rows.Values.Aggregate(UsageSum.Zero, UsageSum.Add);

    /// <summary>True when no later entry can change anything.</summary>
    public bool Complete(StatementEntry next) => _open.Count == 0 && period.Over(next.At);

    public void Add(StatementEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.Reserve when period.Holds(entry.At):
                var group = UsageGroup.Of(entry, by);
                _open[entry.JobId!] = (group, entry.Amount);
                Count(group, new UsageSum(1, 0, 0, entry.Amount));
                break;
            case EntryKind.Capture when _open.Remove(entry.JobId!, out var held):
                Count(held.Group, new UsageSum(0, held.Amount, 0, -held.Amount));
                break;
            case EntryKind.Release when _open.Remove(entry.JobId!, out var held):
                Count(held.Group, new UsageSum(0, 0, held.Amount, -held.Amount));
                break;
            default:
                break;
        }
    }

    private void Count(UsageGroup group, UsageSum more) =>
        _rows[group] = _rows.GetValueOrDefault(group, UsageSum.Zero) + more;
}
