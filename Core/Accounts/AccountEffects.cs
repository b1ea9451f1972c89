using System.Collections.Immutable;

namespace TryOn.Core.Accounts;

public abstract record AccountEffect
{
    private AccountEffect()
    {
    }

    /// <summary>Ask a job how it stands, and capture or release by its answer.</summary>
    public sealed record DriveJob(Reservation Reservation) : AccountEffect;

    /// <summary>
    /// Store full pages of the statement, the first under this number, counted from 0. Storing one twice is harmless.
    /// </summary>
    public sealed record ArchivePages(long First, ImmutableList<StatementEntry> Entries) : AccountEffect;
}
