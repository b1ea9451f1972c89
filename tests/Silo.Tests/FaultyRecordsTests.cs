using TryOn.Behaviour;

namespace TryOn.Silo.Tests;

/// <summary>
/// The behaviour of a cluster whose storage fails one write in twenty-five, before or after the commit.
/// </summary>
internal static class FaultyRecords
{
    private const double Share = 0.04;

    private static int _seed = 20_261_128;

    /// <summary>Each test draws different faults; the same ones would hit the same write of every job.</summary>
    public static Task<HostUnderTest> Start() => ClusterUnderTest.Start(
        new ClusterUnderTest { Faults = new WriteFaults(Interlocked.Increment(ref _seed), Share) });
}

public sealed class FaultyMoneyTests : MoneyBehaviour
{
    protected override Task<HostUnderTest> StartHost() => FaultyRecords.Start();
}

public sealed class FaultyJobTests : JobBehaviour
{
    protected override Task<HostUnderTest> StartHost() => FaultyRecords.Start();
}

public sealed class FaultyCancelTests : CancelBehaviour
{
    protected override int Races => 100;

    protected override Task<HostUnderTest> StartHost() => FaultyRecords.Start();
}

public sealed class FaultyHintTests : HintBehaviour
{
    protected override Task<HostUnderTest> StartHost() => FaultyRecords.Start();
}
