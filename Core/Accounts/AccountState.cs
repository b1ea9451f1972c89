using System.Collections.Immutable;
using TryOn.Core.Limits;

namespace TryOn.Core.Accounts;

/// <summary>
/// One compare-and-swap unit: the balance, what is reserved, the keys and the newest statement entries change together
/// or not at all. Credits are whole numbers; <see cref="Available"/> is never negative.
/// </summary>
public sealed record AccountState
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public AccountMode Mode { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public AccountLimits Limits { get; init; } = AccountLimits.Default;

    /// <summary>All credits the account was ever given, less what adjustments took.</summary>
    public long Granted { get; init; }

    public long Captured { get; init; }

    public long Reserved { get; init; }

    public ImmutableDictionary<string, Reservation> Reservations { get; init; } =
        ImmutableDictionary<string, Reservation>.Empty;

    public KeyRing Keys { get; init; } = KeyRing.Empty;

    /// <summary>A grant or an adjustment is a person's or a payment system's deed, and may be sent twice.</summary>
    public OperationLog Operations { get; init; } = OperationLog.Empty;

    /// <summary>Amount by operation id, in records from before <see cref="Operations"/>, which take them over.</summary>
    public ImmutableDictionary<string, long> Grants { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Null while the account is not frozen.</summary>
    public Freeze? Frozen { get; init; }

    /// <summary>Null until the account has changed anything about them.</summary>
    public AccountWebhooks? Webhooks { get; init; }

    /// <summary>Sequence of the newest statement entry; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Link of the newest statement entry; null while no entry has one.</summary>
    public string? Chain { get; init; }

    /// <summary>The newest statement entries, oldest first. Everything before them stands in archived pages.</summary>
    public ImmutableList<StatementEntry> Tail { get; init; } = [];

    /// <summary>When the account last asked the jobs of its old reservations how they stand.</summary>
    public DateTimeOffset DrivenAt { get; init; }

    public bool Exists => Mode != AccountMode.None;

    public long Available => Granted - Captured - Reserved;

    /// <summary>Entries that stand in archived pages and no longer here.</summary>
    public long Archived => Sequence - Tail.Count;
}
