using System.Collections.Concurrent;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Logs;

public sealed record RequestCount(Provider Provider, Operation Operation, int Requests);

/// <summary>
/// Counts the requests of each kind since the start, whatever their outcome: the load that a gateway puts on an
/// upstream.
/// </summary>
public sealed class RequestCounter
{
    private readonly ConcurrentDictionary<(Provider Provider, Operation Operation), int> _requests = new();

    public void Count(Provider provider, Operation operation) =>
        _requests.AddOrUpdate((provider, operation), 1, static (_, before) => before + 1);

    public IReadOnlyList<RequestCount> Read() =>
        [.. _requests.OrderBy(entry => entry.Key)
            .Select(entry => new RequestCount(entry.Key.Provider, entry.Key.Operation, entry.Value))];
}
