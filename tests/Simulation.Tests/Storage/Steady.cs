using System.Collections.Immutable;
using TryOn.Core.Accounts;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// Maps of strings keep their order by hash, and .NET gives strings another hash in each process. A seed must mean the same
/// world in all of them, so records are handed out with a hash that stays.
/// </summary>
internal sealed class Steady : IEqualityComparer<string>
{
    public static Steady Comparer { get; } = new();

    public static TState? Ordered<TState>(TState? state)
        where TState : class
    {
        if (typeof(TState) != typeof(AccountState))
            return state;
        var account = state as AccountState ?? new AccountState();
        return (TState)(object)(account with
        {
            Reservations = account.Reservations.WithComparers(Comparer),
            Keys = new KeyRing(account.Keys.ById.WithComparers(Comparer)),
            Grants = account.Grants.WithComparers(Comparer),
        });
    }

    public bool Equals(string? x, string? y) => x == y;

    public int GetHashCode(string obj) => obj.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
