using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TryOn.Core.Accounts;

namespace TryOn.Api.Admin;

/// <summary>
/// Recomputes a statement's balances entry by entry and records every inconsistency. Memory holds the open reservations
/// and eight bytes per captured job, however long the statement is.
/// </summary>
public sealed class StatementTally(string accountId, AuditFindings findings)
{
    private readonly Dictionary<string, StatementEntry> _open = [];
    private readonly HashSet<ulong> _captured = [];
    private readonly StatementChain _chain = new();
    private long _granted;
    private long _spent;
    private long _reserved;

    /// <summary>
    /// Id of the job whose reservation the previous entry released in part: the next entry must capture the rest.
    /// </summary>
    private string? _partlyReleased;

    public long Sequence { get; private set; }

    public IReadOnlyCollection<StatementEntry> Open => _open.Values;

    /// <returns>True when the entry must agree with the state of its job. False for the release of a reservation that a
    /// late retry opened after its job was captured: such a release says nothing about the job.</returns>
    public bool Add(StatementEntry entry)
    {
        CheckSequence(entry);
        Expect(
            _partlyReleased is null || entry is { Kind: EntryKind.Capture } && entry.JobId == _partlyReleased,
            AuditCode.ResolvedUnreserved, entry,
            $"does not capture the rest of what was reserved for {_partlyReleased}");
        _partlyReleased = null;
        var resolves = Apply(entry);
        var available = _granted - _spent - _reserved;
        Expect(entry.Available == available, AuditCode.BalanceWrong, entry,
            $"says {entry.Available} are available, not {available}");
        Expect(entry.Reserved == _reserved, AuditCode.BalanceWrong, entry,
            $"says {entry.Reserved} are reserved, not {_reserved}");
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

    /// <summary>Checks the sequence number and the hash chain.</summary>
    private void CheckSequence(StatementEntry entry)
    {
        Expect(entry.Sequence == Sequence + 1, AuditCode.SequenceGap, entry, $"follows {Sequence}");
        Sequence = entry.Sequence;
        Expect(_chain.Verify(entry), AuditCode.ChainBroken, entry, "is not what was written after the one before it");
    }

    private bool Apply(StatementEntry entry)
    {
        Expect(
            entry.Amount > 0 || entry is { Kind: EntryKind.Adjust, Amount: < 0 }, AuditCode.AmountInvalid, entry,
            $"moves {entry.Amount}");
        switch (entry.Kind)
        {
            case EntryKind.Grant or EntryKind.Adjust:
                _granted += entry.Amount;
                return false;
            case EntryKind.Reserve:
                Expect(_open.TryAdd(entry.JobId!, entry), AuditCode.DoubleReservation, entry,
                    "reserves what is reserved");
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
            return ReleasePart(entry, reserve!);
        if (entry.Kind == EntryKind.Release)
            return !_captured.Contains(HashPrefix(entry.JobId!));
        _spent += entry.Amount;
        Expect(
            _captured.Add(HashPrefix(entry.JobId!)), AuditCode.CapturedTwice, entry,
            "captures what was captured before");
        return true;
    }

    /// <summary>
    /// Handles a partial release: a cheaper model answered, and the capture that follows ends the job's reservation.
    /// </summary>
    private bool ReleasePart(StatementEntry entry, StatementEntry reserve)
    {
        _open[entry.JobId!] = reserve with { Amount = reserve.Amount - entry.Amount };
        _partlyReleased = entry.JobId;
        return false;
    }

    private static ulong HashPrefix(string jobId) =>
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
