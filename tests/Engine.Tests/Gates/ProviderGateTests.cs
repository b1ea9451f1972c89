using TryOn.Core.Providers;
using TryOn.Engine.Gates;

namespace TryOn.Engine.Tests.Gates;

public sealed class ProviderGateTests
{
    [Fact]
    public async Task Jobs_OverTheLimit_WaitInOrder()
    {
        var gate = new ProviderGate(concurrencyMax: 2);
        Assert.True(await gate.Enter("a"));
        Assert.True(await gate.Enter("b"));
        var c = gate.Enter("c");
        var d = gate.Enter("d");

        gate.Leave("a");
        Assert.True(await c);
        Assert.False(d.IsCompleted);
        gate.Leave("b");

        Assert.True(await d);
        Assert.Equal(2, gate.HeldCount);
    }

    [Fact]
    public async Task Recovery_UntilItHasEnded_AdmitsNoJob()
    {
        var recovery = new TaskCompletionSource();
        using var gate = new ProviderGate(concurrencyMax: 2, recovery: recovery.Task);
        var (a, b) = (gate.Enter("a"), gate.Enter("b"));
        gate.Hold("before");
        gate.Leave("another");
        Assert.False(a.IsCompleted || b.IsCompleted);

        recovery.SetResult();

        Assert.True(await a);
        Assert.False(b.IsCompleted);
        gate.Leave("before");
        Assert.True(await b);
    }

    [Fact]
    public async Task Entering_AndLeavingTwice_CountOnce()
    {
        var gate = new ProviderGate(concurrencyMax: 1);
        await gate.Enter("a");
        await gate.Enter("a");
        var b = gate.Enter("b");
        Assert.Same(b, gate.Enter("b"));

        gate.Leave("a");
        gate.Leave("a");

        Assert.True(await b);
        Assert.False(gate.Enter("c").IsCompleted);
    }

    [Fact]
    public async Task Leaving_TheQueue_ReleasesNoPermit()
    {
        var gate = new ProviderGate(concurrencyMax: 1);
        await gate.Enter("a");
        var b = gate.Enter("b");

        gate.Leave("b");

        Assert.False(await b);
        Assert.Equal(1, gate.HeldCount);
    }

    [Fact]
    public async Task Pause_WhoseClockIsSetBack_Ends()
    {
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromHours(1));
        using var gate = new ProviderGate(concurrencyMax: 2, clock);
        await gate.Enter("a");
        gate.Report("a", ProviderReply.FaultOf(FaultKind.Throttled, "x", TimeSpan.FromSeconds(2)));
        var b = gate.Enter("b");

        clock.Offset = TimeSpan.FromMinutes(-10);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True(b.IsCompletedSuccessfully);
    }

    [Fact]
    public void Permits_HeldOverTheLimit_AreCounted()
    {
        var gate = new ProviderGate(concurrencyMax: 1);
        gate.Hold("a");
        gate.Hold("b");
        var c = gate.Enter("c");

        gate.Leave("a");
        Assert.False(c.IsCompleted);
        gate.Leave("b");

        Assert.True(c.IsCompletedSuccessfully);
    }
}
