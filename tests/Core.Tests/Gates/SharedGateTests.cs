using System.Collections.Immutable;
using TryOn.Core.Gates;

namespace TryOn.Core.Tests.Gates;

public sealed class SharedGateTests
{
    private SharedGate _gate = new(new GateState(ConcurrencyMax: 1));
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Permits_OfAllNodes_ShareOneQueue()
    {
        Assert.Equal("a>1", Hear("a", new GateCommand.Enter("1")));
        Assert.Equal("", Hear("b", new GateCommand.Enter("2")));
        Assert.Equal("b>2", Hear("a", new GateCommand.Leave("1")));
    }

    [Fact]
    public void Enter_OfAJobThatIsInside_IsAnsweredAgain()
    {
        Hear("a", new GateCommand.Enter("1"));

        Assert.Equal("a>1", Hear("a", new GateCommand.Enter("1")));
        Assert.Equal("b>1", Hear("b", new GateCommand.Enter("1")));
    }

    /// <summary>
    /// The node that a job was taken from notices late, and releases a permit that is no longer its own.
    /// </summary>
    [Fact]
    public void Leave_OfAnothersJob_ChangesNothing()
    {
        Hear("a", new GateCommand.Enter("1"));
        Hear("b", new GateCommand.Hold("1"), new GateCommand.Enter("2"));

        Assert.Equal("", Hear("a", new GateCommand.Leave("1")));
        Assert.Equal("b>2", Hear("b", new GateCommand.Leave("1")));
    }

    [Fact]
    public void All_WithoutAJob_ReleasesItsPermit()
    {
        Hear("a", new GateCommand.Enter("1"), new GateCommand.Enter("2"));

        Assert.Equal("a>2", All("a", new GateCommand.Enter("2")));
        Assert.Equal(["2"], _gate.Gate.Holders);
    }

    [Fact]
    public void Node_SilentForLong_LosesItsPermits()
    {
        Hear("a", new GateCommand.Enter("1"));
        _now += SharedGate.SilenceMax;
        Hear("b", new GateCommand.Enter("2"));
        Assert.Equal("", Tick());

        _now += TimeSpan.FromSeconds(1);

        Assert.Equal("b>2", Tick());
        Assert.Equal(["b"], _gate.LastSeen.Keys);
        Assert.False(_gate.Knows("a"));
        Assert.Equal(["2"], _gate.Nodes.Keys);
    }

    private string Hear(string node, params ImmutableArray<GateCommand> news) =>
        Step(SharedGate.Receive(_gate, node, all: false, news, _now));

    private string All(string node, params ImmutableArray<GateCommand> news) =>
        Step(SharedGate.Receive(_gate, node, all: true, news, _now));

    private string Tick() => Step(SharedGate.Tick(_gate, _now));

    private string Step(SharedGateStep step)
    {
        _gate = step.State;
        return string.Join(' ', step.Admitted.Select(admission => $"{admission.Node}>{admission.JobId}"));
    }
}
