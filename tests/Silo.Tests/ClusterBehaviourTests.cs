using TryOn.Behaviour;

namespace TryOn.Silo.Tests;

public sealed class ClusterMoneyTests : MoneyBehaviour
{
    protected override Task<HostUnderTest> StartHost() => ClusterUnderTest.Start();
}

public sealed class ClusterJobTests : JobBehaviour
{
    protected override Task<HostUnderTest> StartHost() => ClusterUnderTest.Start();
}

public sealed class ClusterCancelTests : CancelBehaviour
{
    protected override Task<HostUnderTest> StartHost() => ClusterUnderTest.Start();
}

public sealed class ClusterHintTests : HintBehaviour
{
    protected override Task<HostUnderTest> StartHost() => ClusterUnderTest.Start();
}
