namespace TryOn.Api.Admin;

/// <summary>What an audit can find wrong. Programs look at these names, so they never change meaning.</summary>
public enum AuditCode
{
    None = 0,

    /// <summary>An entry is missing, doubled or out of order.</summary>
    SequenceGap,

    /// <summary>An entry was changed after it was written, whether or not the figures still add up.</summary>
    ChainBroken,

    /// <summary>An entry's own figures do not follow from the entries before it.</summary>
    BalanceWrong,
    BalanceNegative,
    AmountInvalid,
    DoubleReservation,
    ResolvedUnreserved,
    CapturedTwice,

    /// <summary>The account's record says otherwise than its statement.</summary>
    RecordWrong,
    ConcurrencyExceeded,

    /// <summary>A reservation is open though its job must have ended long ago.</summary>
    ReservationOverdue,
    JobMissing,

    /// <summary>Captured without success, or released in spite of it.</summary>
    OutcomeWrong,
    ChargedWithoutPicture,
    PictureWrong,

    /// <summary>The upstream was called more often than the job's own failures excuse.</summary>
    SubmitsExceeded,
    Unreadable,
}

/// <summary>One thing that does not add up.</summary>
public sealed record AuditFinding(AuditCode Code, string Account, string? Job, string Text);

/// <summary>Collects findings: all are counted, the first are kept. Written to by many at once.</summary>
public sealed class AuditFindings
{
    /// <summary>Whoever needs more than these to begin with has lost a disk, not an entry.</summary>
    public const int KeptMax = 1000;

    private readonly Lock _lock = new();
    private readonly List<AuditFinding> _kept = [];

    public long Count { get; private set; }

    public IReadOnlyList<AuditFinding> Kept
    {
        get
        {
            lock (_lock)
                return [.. _kept];
        }
    }

    public void Add(AuditCode code, string account, string? job, string text)
    {
        lock (_lock)
        {
            Count++;
            if (_kept.Count < KeptMax)
                _kept.Add(new AuditFinding(code, account, job, text));
        }
    }
}
