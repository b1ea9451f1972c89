using System.Collections.Concurrent;
using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Witness;

public sealed record TallyLine(Provider Provider, Operation Operation, int Requests);

/// <summary>How many requests of each kind came since the start, whatever became of them: what a gateway costs an upstream.</summary>
public sealed class Tally
{
    private readonly ConcurrentDictionary<(Provider Provider, Operation Operation), int> _requests = new();

    public void Count(Provider provider, Operation operation) =>
        _requests.AddOrUpdate((provider, operation), 1, static (_, before) => before + 1);

    public IReadOnlyList<TallyLine> Read() =>
        [.. _requests.OrderBy(entry => entry.Key).Select(entry => new TallyLine(entry.Key.Provider, entry.Key.Operation, entry.Value))];
}
