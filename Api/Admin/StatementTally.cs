using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TryOn.Core.Accounts;

namespace TryOn.Api.Admin;

/// <summary>
/// Adds a statement up again, entry by entry, and notes whatever does not follow. It keeps the open reservations and eight
/// bytes of every captured job's name, however long the statement is.
/// </summary>
public sealed class StatementTally(string accountId, AuditFindings findings)
{
    private readonly Dictionary<string, StatementEntry> _open = [];
    private readonly HashSet<ulong> _captured = [];
    private readonly StatementChain _chain = new();
    private long _granted;
    private long _spent;
    private long _reserved;

    /// <summary>A job of whose reservation the entry before gave back a part: this entry must capture the rest.</summary>
    private string? _returned;

    public long Sequence { get; private set; }

    public IReadOnlyCollection<StatementEntry> Open => _open.Values;

    /// <returns>
    /// True for an entry that its job must bear out. A reservation that a late repeat opened after its job was captured
    /// says nothing about the job: it can only be released.
    /// </returns>
    public bool Add(StatementEntry entry)
    {
        CheckPlace(entry);
        Expect(
            _returned is null || entry is { Kind: EntryKind.Capture } && entry.JobId == _returned, AuditCode.ResolvedUnreserved,
            entry, $"does not capture the rest of what was reserved for {_returned}");
        _returned = null;
        var resolves = Move(entry);
        var available = _granted - _spent - _reserved;
        Expect(entry.Available == available, AuditCode.BalanceWrong, entry, $"says {entry.Available} are available, not {available}");
        Expect(entry.Reserved == _reserved, AuditCode.BalanceWrong, entry, $"says {entry.Reserved} are reserved, not {_reserved}");
        Expect(available >= 0 && entry.Available >= 0, AuditCode.BalanceNegative, entry, "leaves less than nothing");
        return resolves;
    }

    public void Compare(AccountView account)
    {
        var sum = account.Available + account.Reserved + account.Captured;
        Expect(account.Granted == sum, $"{account.Granted} granted are not {sum} available, reserved and captured");
        Expect(account.Granted == _granted, $"{account.Granted} granted, the statement says {_granted}");
        Expect(account.Captured == _spent, $"{account.Captured} captured, the statement says {_spent}");
        Expect(account.Reserved == _reserved, $"{account.Reserved} reserved, the statement says {_reserved}");
        Expect(
            account.OpenReservations == _open.Count,
            $"{account.OpenReservations} reservations open, the statement says {_open.Count}");
        Expect(account.Chain == _chain.Newest, "the newest link of the chain is not the statement's");
    }

    /// <summary>What ties an entry to the one before it.</summary>
    private void CheckPlace(StatementEntry entry)
    {
        Expect(entry.Sequence == Sequence + 1, AuditCode.SequenceGap, entry, $"follows {Sequence}");
        Sequence = entry.Sequence;
        Expect(_chain.Follow(entry), AuditCode.ChainBroken, entry, "is not what was written after the one before it");
    }

    private bool Move(StatementEntry entry)
    {
        Expect(
            entry.Amount > 0 || entry is { Kind: EntryKind.Adjust, Amount: < 0 }, AuditCode.AmountInvalid, entry, $"moves {entry.Amount}");
        switch (entry.Kind)
        {
            case EntryKind.Grant or EntryKind.Adjust:
                _granted += entry.Amount;
                return false;
            case EntryKind.Reserve:
                Expect(_open.TryAdd(entry.JobId!, entry), AuditCode.DoubleReservation, entry, "reserves what is reserved");
                _reserved += entry.Amount;
                return false;
            case EntryKind.Capture or EntryKind.Release:
                return Resolve(entry);
            default:
                Expect(holds: false, AuditCode.AmountInvalid, entry, "has no kind");
                return false;
        }
    }

    private bool Resolve(StatementEntry entry)
    {
        var known = _open.Remove(entry.JobId!, out var reserve);
        var part = known && entry.Kind == EntryKind.Release && entry.Amount > 0 && entry.Amount < reserve!.Amount;
        Expect(
            part || (known && reserve!.Amount == entry.Amount),
            AuditCode.ResolvedUnreserved, entry, $"resolves {entry.Amount} that are not reserved");
        _reserved -= entry.Amount;
        if (part)
            return GiveBack(entry, reserve!);
        if (entry.Kind == EntryKind.Release)
            return !_captured.Contains(Short(entry.JobId!));
        _spent += entry.Amount;
        Expect(_captured.Add(Short(entry.JobId!)), AuditCode.CapturedTwice, entry, "captures what was captured before");
        return true;
    }

    /// <summary>A cheaper model has answered: the job's end is the capture that follows.</summary>
    private bool GiveBack(StatementEntry entry, StatementEntry reserve)
    {
        _open[entry.JobId!] = reserve with { Amount = reserve.Amount - entry.Amount };
        _returned = entry.JobId;
        return false;
    }

    private static ulong Short(string jobId) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(jobId)));

    private void Expect(bool holds, AuditCode code, StatementEntry entry, string text)
    {
        if (!holds)
            findings.Add(code, accountId, entry.JobId, $"Entry {entry.Sequence} {text}.");
    }

    private void Expect(bool holds, string text)
    {
        if (!holds)
            findings.Add(AuditCode.RecordWrong, accountId, job: null, $"{text}.");
    }
}
