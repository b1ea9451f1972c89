using TryOn.Core.Accounts;

namespace TryOn.Api.Admin;

/// <summary>Adds a statement up again, entry by entry, and notes whatever does not follow.</summary>
public sealed class StatementTally(string accountId, List<string> findings)
{
    private readonly Dictionary<string, long> _open = [];
    private long _granted;
    private long _captured;
    private long _reserved;

    public long Sequence { get; private set; }

    /// <summary>
    /// What each job came to: Capture once it was captured, else the last word on it, which is Reserve while it is open. A
    /// job may be reserved again by a repeat that arrives after all is over; such a reservation can only be released.
    /// </summary>
    public Dictionary<string, EntryKind> Resolutions { get; } = [];

    public void Add(StatementEntry entry)
    {
        Expect(entry.Sequence == Sequence + 1, $"entry {entry.Sequence} follows {Sequence}");
        Sequence = entry.Sequence;
        Expect(entry.Amount > 0 || entry is { Kind: EntryKind.Adjust, Amount: < 0 }, $"entry {entry.Sequence} moves {entry.Amount}");
        switch (entry.Kind)
        {
            case EntryKind.Grant or EntryKind.Adjust:
                _granted += entry.Amount;
                break;
            case EntryKind.Reserve:
                Expect(_open.TryAdd(entry.JobId!, entry.Amount), $"{entry.JobId} was reserved twice");
                Resolutions.TryAdd(entry.JobId!, EntryKind.Reserve);
                _reserved += entry.Amount;
                break;
            case EntryKind.Capture or EntryKind.Release:
                Expect(
                    _open.Remove(entry.JobId!, out var held) && held == entry.Amount,
                    $"{entry.JobId} was resolved without an open reservation of {entry.Amount}");
                Expect(
                    entry.Kind == EntryKind.Release || Resolutions.GetValueOrDefault(entry.JobId!) != EntryKind.Capture,
                    $"{entry.JobId} was captured twice");
                if (Resolutions.GetValueOrDefault(entry.JobId!) != EntryKind.Capture)
                    Resolutions[entry.JobId!] = entry.Kind;
                _reserved -= entry.Amount;
                _captured += entry.Kind == EntryKind.Capture ? entry.Amount : 0;
                break;
            default:
                Expect(holds: false, $"entry {entry.Sequence} has no kind");
                break;
        }

        Expect(entry.Available == _granted - _captured - _reserved, $"entry {entry.Sequence} says {entry.Available} are available");
        Expect(entry.Reserved == _reserved, $"entry {entry.Sequence} says {entry.Reserved} are reserved");
        Expect(entry.Available >= 0, $"the balance is negative at entry {entry.Sequence}");
    }

    public void Compare(AccountView account)
    {
        Expect(account.Granted == account.Available + account.Reserved + account.Captured, "the figures do not add up");
        Expect(account.Granted == _granted, $"{account.Granted} granted, the statement says {_granted}");
        Expect(account.Captured == _captured, $"{account.Captured} captured, the statement says {_captured}");
        Expect(account.Reserved == _reserved, $"{account.Reserved} reserved, the statement says {_reserved}");
        Expect(account.OpenReservations == _open.Count, $"{account.OpenReservations} reservations open, the statement says {_open.Count}");
    }

    private void Expect(bool holds, string finding)
    {
        if (!holds)
            findings.Add($"{accountId}: {finding}.");
    }
}
