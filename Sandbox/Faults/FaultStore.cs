using System.Security.Cryptography;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Faults;

/// <summary>
/// The faults in force. At most one applies to a request: the oldest that matches and whose probability hits.
/// </summary>
public sealed class FaultStore
{
    private const int Resolution = 1_000_000;

    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    public void Add(Fault fault)
    {
        lock (_lock)
            _faults.Add(fault);
    }

    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }

    public Fault? Take(Provider provider, Operation operation)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(fault =>
                fault.Provider == provider && fault.Operation == operation && Hits(fault.Probability));
            if (index < 0)
                return null;
            var taken = _faults[index];
            if (taken.Times == 1)
                _faults.RemoveAt(index);
            else
                _faults[index] = taken with { Times = taken.Times - 1 };
            return taken;
        }
    }

    private static bool Hits(double probability) =>
        RandomNumberGenerator.GetInt32(Resolution) < probability * Resolution;
}
