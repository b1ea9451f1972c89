using System.Collections.Immutable;

namespace TryOn.Core.Accounts;

public abstract record AccountEffect
{
    private AccountEffect()
    {
    }

    /// <summary>Ask a job how it stands, and capture or release by its answer.</summary>
    public sealed record DriveJob(Reservation Reservation) : AccountEffect;

    /// <summary>Store a full page of the statement under its number, counted from 0. Storing it twice is harmless.</summary>
    public sealed record ArchivePage(long Number, ImmutableList<StatementEntry> Entries) : AccountEffect;
}
