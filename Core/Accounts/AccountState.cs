using System.Collections.Immutable;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>
/// One compare-and-swap unit: the balance, the reservations, the keys and the newest statement entries change together
/// or not at all. Credits are whole numbers; <see cref="Available"/> is never negative.
/// </summary>
public sealed record AccountState
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public AccountMode Mode { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public AccountLimits Limits { get; init; } = AccountLimits.Default;

    /// <summary>All credits ever granted, minus those removed by adjustments.</summary>
    public long Granted { get; init; }

    public long Captured { get; init; }

    public long Reserved { get; init; }

    public ImmutableDictionary<string, Reservation> Reservations { get; init; } =
        ImmutableDictionary<string, Reservation>.Empty;

    public KeyRing Keys { get; init; } = KeyRing.Empty;

    /// <summary>
    /// Operation ids of grants and adjustments. People and payment systems send these, and may send one twice.
    /// </summary>
    public OperationLog Operations { get; init; } = OperationLog.Empty;

    /// <summary>
    /// Amount by operation id, in records written before <see cref="Operations"/> existed. The next operation moves
    /// them there.
    /// </summary>
    public ImmutableDictionary<string, long> Grants { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Null while the account is not frozen.</summary>
    public Freeze? Frozen { get; init; }

    /// <summary>Null until the account first changes its webhook settings.</summary>
    public AccountWebhooks? Webhooks { get; init; }

    /// <summary>Sequence of the newest statement entry; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Chain hash of the newest statement entry; null while no entry has one.</summary>
    public string? Chain { get; init; }

    /// <summary>The newest statement entries, oldest first. All earlier entries are in archived pages.</summary>
    public ImmutableList<StatementEntry> Tail { get; init; } = [];

    /// <summary>When the account last checked the jobs of its old reservations.</summary>
    public DateTimeOffset DrivenAt { get; init; }

    public bool Exists => Mode != AccountMode.None;

    public long Available => Granted - Captured - Reserved;

    /// <summary>Number of entries that are in archived pages and no longer in <see cref="Tail"/>.</summary>
    public long Archived => Sequence - Tail.Count;
}
