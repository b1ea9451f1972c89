using TryOn.Core.Accounts;

namespace TryOn.Simulation.Tests.Rules;

/// <summary>One account's figures, computed from its statement.</summary>
internal sealed class Books
{
    private readonly Dictionary<string, long> _resolvedAt = [];
    private readonly Dictionary<string, long> _held = [];

    public List<StatementEntry> Entries { get; } = [];

    public Dictionary<string, int> Grants { get; } = [];

    public Dictionary<string, int> Captures { get; } = [];

    /// <summary>How many open reservations each job has. Resolved reservations are not included.</summary>
    public Dictionary<string, int> Open { get; } = [];

    /// <summary>The job whose reservation the newest entry released in part; null for any other entry.</summary>
    public string? Part { get; private set; }

    public long Granted { get; private set; }

    public long Captured { get; private set; }

    public long Reserved { get; private set; }

    public long Available => Granted - Captured - Reserved;

    public void Enter(StatementEntry entry)
    {
        Entries.Add(entry);
        Part = null;
        switch (entry.Kind)
        {
            case EntryKind.Grant:
                Granted += entry.Amount;
                Count(Grants, entry.OperationId, 1);
                break;
            case EntryKind.Reserve:
                Reserved += entry.Amount;
                _held[entry.JobId!] = entry.Amount;
                Count(Open, entry.JobId!, 1);
                break;
            case EntryKind.Release when entry.Amount < _held.GetValueOrDefault(entry.JobId!):
                Reserved -= entry.Amount;
                _held[entry.JobId!] -= entry.Amount;
                Part = entry.JobId;
                break;
            default:
                Reserved -= entry.Amount;
                _held.Remove(entry.JobId!);
                Captured += entry.Kind == EntryKind.Capture ? entry.Amount : 0;
                Count(Open, entry.JobId!, -1);
                Count(Captures, entry.JobId!, entry.Kind == EntryKind.Capture ? 1 : 0);
                _resolvedAt[entry.JobId!] = entry.Sequence;
                break;
        }
    }

    /// <summary>How many entries ago a job's reservation was resolved; a very large number when it never was.</summary>
    public long SinceResolution(StatementEntry entry) =>
        _resolvedAt.TryGetValue(entry.JobId!, out var at) ? entry.Sequence - at : long.MaxValue;

    public bool Ever(string jobId) => Open.ContainsKey(jobId) || _resolvedAt.ContainsKey(jobId);

    private static void Count(Dictionary<string, int> counts, string key, int change)
    {
        var count = counts.GetValueOrDefault(key) + change;
        if (count == 0)
            counts.Remove(key);
        else
            counts[key] = count;
    }
}
