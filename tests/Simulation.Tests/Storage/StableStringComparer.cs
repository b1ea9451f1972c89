using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// A string comparer whose hash is the same in every process. Maps are ordered by hash, .NET randomizes string hashes
/// per process, and a seed must produce the same world in all of them.
/// </summary>
internal sealed class StableStringComparer : IEqualityComparer<string>
{
    public static StableStringComparer Comparer { get; } = new();

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
