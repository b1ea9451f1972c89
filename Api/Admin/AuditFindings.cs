namespace TryOn.Api.Admin;

/// <summary>What an audit can find. These names are part of the API, so their meaning never changes.</summary>
public enum AuditCode
{
    None = 0,

    /// <summary>An entry is missing, duplicated or out of order.</summary>
    SequenceGap,

    /// <summary>An entry was changed after it was written, even if the balances still add up.</summary>
    ChainBroken,

    /// <summary>An entry's balances do not follow from the entries before it.</summary>
    BalanceWrong,
    BalanceNegative,
    AmountInvalid,
    DoubleReservation,
    ResolvedUnreserved,
    CapturedTwice,

    /// <summary>The account's record contradicts its statement.</summary>
    RecordWrong,
    ConcurrencyExceeded,

    /// <summary>A reservation is still open although its job must have ended long ago.</summary>
    ReservationOverdue,
    JobMissing,

    /// <summary>Credits were captured although the job did not succeed, or released although it did.</summary>
    OutcomeWrong,
    ChargedWithoutPicture,
    PictureWrong,

    /// <summary>The job was submitted to upstreams more often than its failed attempts allow.</summary>
    SubmitsExceeded,
    Unreadable,
}

/// <summary>One inconsistency that an audit found.</summary>
public sealed record AuditFinding(AuditCode Code, string Account, string? Job, string Text);

/// <summary>
/// Collects findings from concurrent checks. All are counted; only the first <see cref="KeptMax"/> are kept.
/// </summary>
public sealed class AuditFindings
{
    /// <summary>
    /// Enough to start an investigation with; more findings than this mean a lost disk rather than a wrong entry.
    /// </summary>
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
