using System.Collections.Immutable;

namespace TryOn.Core.Accounts;

public abstract record AccountEffect
{
    private AccountEffect()
    {
    }

    /// <summary>Asks the job whether its reservation should be captured or released, and does so.</summary>
    public sealed record ReconcileReservation(Reservation Reservation) : AccountEffect;

    /// <summary>
    /// Stores full statement pages. <c>First</c> is the number of the first one, counted from 0. Storing a page twice
    /// is harmless.
    /// </summary>
    public sealed record ArchivePages(long First, ImmutableList<StatementEntry> Entries) : AccountEffect;
}
