using TryOn.Engine.Gates;

namespace TryOn.Engine.Tests.Gates;

public sealed class GatePositionTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Job_InTheQueue_HasItsPosition()
    {
        var gate = Full();
        _ = gate.Enter("a");
        _ = gate.Enter("b");
        Assert.Equal([1, 2, null, null], Positions(gate, "a", "b", "holder", "unknown"));
        gate.Leave("holder");
        Assert.Null(gate.PositionOf("a"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, gate.PositionOf("b"));
    }

    /// <summary>
    /// Queue positions are computed once a second, so a job that came later may get too high a position, never too low.
    /// </summary>
    [Fact]
    public void Position_BetweenCounts_IsNeverTooLow()
    {
        var gate = Full();
        _ = gate.Enter("a");
        _ = gate.Enter("b");
        Assert.Equal(1, gate.PositionOf("a"));
        gate.Leave("a");
        _ = gate.Enter("c");
        _ = gate.Enter("d");
        Assert.Equal([2, 3, 4], Positions(gate, "b", "c", "d"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 2, 3], Positions(gate, "b", "c", "d"));
    }

    private ProviderGate Full()
    {
        var gate = new ProviderGate(concurrencyMax: 1, _clock);
        _ = gate.Enter("holder");
        return gate;
    }

    private static List<int?> Positions(ProviderGate gate, params string[] jobs) => [.. jobs.Select(gate.PositionOf)];
}
